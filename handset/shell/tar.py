"""`tar`: packs files and folders into an archive on stdout, after Android's toybox."""

import io
import tarfile

from handset.shell.file_arguments import absent, host
from handset.shell.registry import Context, command


@command("tar")
def tar(context: Context) -> int:
    """`tar -c[v]f - PATH…`: pack files and folders to the output."""
    words = list(context.arguments)
    flags = words.pop(0).lstrip("-") if words else ""
    if "c" not in flags or not flags.endswith("f") or words[:1] != ["-"] or len(words) < 2:
        context.missing(f"tar {' '.join(context.arguments)}")
        context.complain("tar: only `tar -cf - PATH…` is known")
        return 1
    packed = io.BytesIO()
    code = 0
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in words[1:]:
            if host(context, path).exists():
                archive.add(host(context, path), arcname=path)
            else:
                code = absent(context, path)
    context.stdout.write(packed.getvalue())
    return code

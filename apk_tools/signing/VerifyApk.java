import com.android.apksig.ApkVerifier;
import java.io.File;

/** Prints which signature schemes of an APK hold; ends with 1 if the APK is not validly signed. */
public final class VerifyApk {
    private VerifyApk() {}

    public static void main(String[] arguments) throws Exception {
        ApkVerifier.Result result =
                new ApkVerifier.Builder(new File(arguments[0])).build().verify();
        System.out.println("v1=" + result.isVerifiedUsingV1Scheme() + " v2=" + result.isVerifiedUsingV2Scheme());
        for (ApkVerifier.IssueWithParams problem : result.getErrors()) {
            System.out.println(problem);
        }
        System.exit(result.isVerified() ? 0 : 1);
    }
}

// Opens a report from disk in Chromium, reads one scenario as a person would, and says in JSON what was seen.
//
// Usage: node read_report.mjs PAGE "NAME OF A SCENARIO" PICTURE.png

process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x"; // lets the package bring the libraries that Chromium needs, too
const { default: chromium } = await import("@sparticuz/chromium");
const { default: puppeteer } = await import("puppeteer-core");

const [page, scenario, picture] = process.argv.slice(2);
const one = (name) => `[data-testid="${name}"]`;

const browser = await puppeteer.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: "shell",
  defaultViewport: { width: 1200, height: 1700 },
});
try {
  const tab = await browser.newPage();
  const asked = [];
  const complaints = [];
  tab.on("request", (request) => asked.push(request.url()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  const texts = (name) =>
    tab.$$eval(one(name), (found) => found.map((element) => element.innerText.trim()).filter(Boolean));

  await tab.goto(page);
  await tab.waitForSelector(one("tree-section"));
  for (const arrow of await tab.$$(`${one("tree-section")}:not(:has(+ * ${one("tree-leaf")})) ${one("tree-arrow")}`)) {
    await arrow.click();
  }
  await tab.waitForSelector(one("tree-leaf"));
  const sections = await texts("tree-section-title");
  const scenarios = await texts("tree-leaf-title");
  await tab.evaluate(
    (leaf, title, name) => {
      const leaves = [...document.querySelectorAll(leaf)];
      const wanted = leaves.find((element) => element.querySelector(title)?.innerText.trim() === name);
      if (!wanted) throw new Error(`The report does not list the scenario: ${name}`);
      wanted.click();
    },
    one("tree-leaf"),
    one("tree-leaf-title"),
    scenario,
  );
  await tab.waitForSelector(one("test-result-step"));
  // All at once, since a click may draw the steps anew; those of a failed scenario are partly open.
  await tab.$$eval(
    `${one("test-result-steps-root")} ${one("test-result-step-arrow-button")}`,
    (arrows, step, content) =>
      arrows.filter((arrow) => !arrow.closest(step)?.querySelector(content)).forEach((arrow) => arrow.click()),
    one("test-result-step"),
    one("test-result-step-content"),
  );
  const shown = `${one("test-result-step-content")} ${one("test-result-attachment-header")}`;
  await tab.waitForSelector(shown);
  const kinds = await tab.$$eval(shown, (headers) => headers.map((header) => header.innerText));
  await (await tab.$$(shown))[kinds.findLastIndex((kind) => kind.includes("image/png"))].click();
  await tab.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 0));
  await tab.screenshot({ path: picture });
  const seen = {
    sections,
    scenarios,
    title: (await texts("test-result-info-title"))[0],
    steps: await texts("test-result-step-title"),
    links: await texts("test-result-meta-link"),
    attachments: await texts("test-result-attachment-header"),
    pictures: await tab.$$eval("img", (images) => images.map((image) => [image.naturalWidth, image.naturalHeight])),
    teardown: await texts("test-result-teardown-dropdown"),
    asked: asked.filter((address) => !/^(file|data|blob):/.test(address)),
    complaints,
  };
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}

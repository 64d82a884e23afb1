// Makes one Allure report. Loads Allure first, and begins when a line with the folder of the results comes.
// Its standard input ends with the process that has started it.

import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [modules, folder, configuration] = process.argv.slice(2);
const { resolve } = createRequire(join(modules, "packages"));
const { AllureReport, readConfig } = await import(pathToFileURL(resolve("@allurereport/core")));
const config = await readConfig(folder, configuration);

for await (const results of createInterface({ input: process.stdin })) {
  await readdir(results); // Allure makes an empty report of a folder that is not there
  const report = new AllureReport(config);
  await report.start();
  await report.readDirectory(results);
  await report.done();
  break;
}
process.exit(0);

// WebdriverIO with Mocha, as its own wizard sets it up, but for the Appium server, which runs already.
const appium = new URL(process.env.COMPARED_APPIUM)

export const config = {
    runner: 'local',
    hostname: appium.hostname,
    port: Number(appium.port),
    path: '/',
    specs: ['./login.spec.mjs'],
    maxInstances: 1,
    capabilities: [JSON.parse(process.env.COMPARED_CAPABILITIES)],
    logLevel: 'warn',
    waitforTimeout: 10000,
    framework: 'mocha',
    reporters: ['spec'],
    mochaOpts: { ui: 'bdd', timeout: 60000 },
}

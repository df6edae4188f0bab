// The lot file that tests start from: two lanes, a platform, everything in order.
// Shared by the tests of app and core; the file is the one `lot init` writes.
export const channel = {
  url: 'https://127.0.0.1:8443',
  caFile: 'ca.pem',
  certDir: 'certs',
  appId: 'APP1',
}
/** Its platform is sent charges and heartbeats; tests of other records of table G.1 add them. */
export const lotFile = () => ({
  version: 1 as const,
  mode: 'demo' as const,
  lotId: 'GX00012',
  name: { zh: '测试停车场', en: 'Test lot' },
  provinceCode: '4501',
  nodeId: 'n1',
  layout: '7.1.1' as const,
  chargeMode: 'card' as const,
  offline: 'other-payment' as const,
  caps: {
    perChargeFen: 5000,
    totalFen: 200_000,
    count: 200,
    oldestMin: 1440,
    blacklistAgeMin: 1440,
    signInAgeMin: 60,
    perCardFen: 5000,
  },
  plateTolerance: 1 as const,
  largeAmountFen: 10_000,
  capacity: 74,
  lanes: [
    {
      id: 'entry',
      name: { zh: '入口', en: 'Entry' },
      direction: 'entry' as const,
      layout: '7.1.1',
      rsu: null,
      camera: 'push:hikvision',
      barrier: 'tcp://127.0.0.1:502',
      display: null,
    },
    {
      id: 'exit',
      name: { zh: '出口', en: 'Exit' },
      direction: 'exit' as const,
      layout: '7.1.1',
      rsu: 'tcp://127.0.0.1:60001?variant=generic-ver',
      camera: 'push:hikvision',
      barrier: 'tcp://127.0.0.1:503',
      display: null,
    },
  ],
  platform: { ...channel, records: ['monitoring' as const] },
  tariffFile: 'tariff.json',
})

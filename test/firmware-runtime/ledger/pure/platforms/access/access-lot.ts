// A lot whose platform is an access system of another maker.
export const accessLot = {
  provinceCode: '4501',
  chargeMode: 'online',
  platform: {
    url: 'https://127.0.0.1:9',
    caFile: 'ca.pem',
    certDir: 'keys',
    appId: 'BILLING1',
    interface: 'access',
  },
} as const

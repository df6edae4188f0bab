// What records of Guangxi say about a charge at an exit: its facts, the OBU and card of car `n`, and the debit of that card.
// Tests change single members; all numbers are invented.
export const chargeFacts = (outTradeNo: string, exAtMs: number) =>
  ({
    outTradeNo,
    parkId: '450100001',
    laneNo: 'X01',
    deviceId: 'RSU-1',
    serviceType: 2,
    enAtMs: exAtMs - 3_600_000,
    exAtMs,
    transAtMs: exAtMs,
    plate: '测A12345',
    colour: 'blue',
    vehicleType: 1,
    plateSource: 'camera',
    payFen: 1500,
    discountFen: 0,
    realFen: 1500,
    couponNo: null,
    entryNo: 'S1',
    listVersion: 'v1',
    offline: false,
    detail: null,
  }) as const

const hexOf = (n: number): string => n.toString(16).toUpperCase().padStart(8, '0')

export const unitOf = (n: number, plate: string) =>
  ({
    obuId: hexOf(n),
    obuIssuer: 'B9E3CEF745010001',
    obuVersion: '64',
    obuStatus: '0000',
    obuPlate: plate,
    etcCardId: `4501${String(n).padStart(16, '0')}`,
    cardType: 22,
    cardVersion: 64,
    cardPlate: plate,
    cardExpire: '20301231',
  }) as const

export const debitOf = (n: number) =>
  ({
    preBalanceFen: 10_000,
    postBalanceFen: 8_500,
    transNo: n,
    terminalNo: '010203040506',
    terminalTransNo: hexOf(n),
    transType: '09',
    tac: '1A2B3C4D',
    algorithmIdentifier: 1,
    keyVersion: 1,
  }) as const

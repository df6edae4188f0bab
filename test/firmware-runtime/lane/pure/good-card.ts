// The OBU and card that benches read unless a test names others: valid, and of the car with `plate`.
// A test that needs an unusual one overrides single members.
import type { CardInfo, ObuInfo } from '#devices/pure/etc/rsu.ts'
import type { CarObu } from '#base/pure/values/car-obu.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'

export const plate = '测A12345'
export const cardNo = '45010000000000000001'
export const obuId = '0A0B0C0D'

export const goodObu: ObuInfo = {
  obuId,
  issuerHex: 'B9E3CEF745010001',
  contractSerial: '0001020304050607',
  issueDate: '20200101',
  expireDate: '20351231',
  cardAbsent: false,
  cardError: false,
  locked: false,
  removed: false,
  batteryLow: false,
  statusHex: '0001',
}
export const goodCard: CardInfo = {
  cardNo,
  network: '4501',
  cardType: 22,
  cardVersion: 64,
  startDate: '20200101',
  expireDate: '20351231',
  plate,
  colour: 'blue',
  userType: 0,
}

/** The OBU and card of a car of Liaoning, as they were read. */
export const liaoningObu: CarObu = {
  obuId: '02001234',
  issuerHex: 'C1C9C4FE21010001',
  statusHex: '0000',
  obuPlate: plate,
  vehicleClass: 1,
  cardNo: '21010000000000000001',
  cardType: 22,
  cardVersion: 64,
  cardPlate: plate,
  cardExpire: '20301231',
  balanceFen: 90_000,
  station0019Hex: '',
}

export const noProof: DebitProof = {
  tac: null,
  cardSerial: null,
  psamTerminal: null,
  psamSerial: null,
  transType: null,
  timeBcd: null,
  balanceAfterFen: null,
}
export const proofFor = (balanceAfterFen: number): DebitProof => ({
  tac: 'A1B2C3D4',
  cardSerial: 18,
  psamTerminal: '010203040506',
  psamSerial: 42,
  transType: '09',
  timeBcd: '20261120143000',
  balanceAfterFen,
})

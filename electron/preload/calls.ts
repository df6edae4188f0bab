// The calls that the bridge lets through: each name of the API table, no more.
// Typed against the table: a missing or an invented name does not compile.
import type { ApiName } from '../../firmware-runtime/api/table.ts'

export const calls: Readonly<Record<ApiName, true>> = {
  'status.get': true,
  'board.get': true,
  'lane.open': true,
  'lane.arm': true,
  'lane.settle': true,
  'lane.correctPlate': true,
  'ledger.query': true,
  'ledger.timeline': true,
  'ledger.verify': true,
  'queue.status': true,
  'queue.list': true,
  'queue.retryNow': true,
  'photo.get': true,
  'stays.toCheck': true,
  'stays.close': true,
  'device.settings': true,
  'device.diff': true,
  'device.apply': true,
  'device.takeBack': true,
  'device.backups': true,
  'device.pinBackup': true,
  'demo.sendCar': true,
  'demo.network': true,
  'demo.rsuSilent': true,
  'demo.traffic': true,
  'demo.powerCut': true,
  'demo.state': true,
}

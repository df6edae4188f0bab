// Decryption of vehicle information (P17): opens an OBU's sealed file by the test cipher and returns it sealed to the
// caller's certificate (P8). Written from the page; nothing is stored, because it moves no money.
import { openVehicle } from '../../shell/test-vehicle.ts'
import { done, refuse } from '../answers.ts'
import type { Handler } from '../call.ts'
import { vehicleInfoRules } from './member-tables.ts'
import { checkMembers, textOf } from './members.ts'

const gbk = new TextDecoder('gbk')
/** Plate 12, colour 2, class 1, user 1; a longer file begins the same way. */
const headBytes = 16

/** POST /v1/etc/vehicle-info/decrypt */
export const postVehicleInfo: Handler = (_services, { members, sealed }) => {
  const wrong = checkMembers(vehicleInfoRules, members)
  if (wrong) return wrong
  const of = (name: string): string => textOf(members, name)
  const [listNo, obuId, contractProvider] = [of('listNo'), of('obuId'), of('contractProvider')]
  const cipher = of('cipherVehicleInfo')
  const file = openVehicle({ contractProvider, obuId, random: of('random') }, cipher)
  if (file === null || file.length < headBytes)
    return refuse('200012', '/cipherVehicleInfo', null, 'does not open')
  const plate = gbk.decode(file.subarray(0, 12)).replace(/\0+$/, '')
  const info = {
    vehiclePlate: plate,
    vehicleColor: ((file[12] ?? 0) << 8) | (file[13] ?? 0),
    vehicleType: file[14] ?? 0,
  }
  return done({ listNo, obuId, vehicleInfo: sealed(JSON.stringify(info)) })
}

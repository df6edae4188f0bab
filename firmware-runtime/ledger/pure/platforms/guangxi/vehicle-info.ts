// Decryption of vehicle information (P17): the sealed bytes of an OBU are sent as hex; plate, colour and class come back as
// one text sealed to a certificate of the lot (P8), with the names of P12 [assumed]: a colour alone is too short to seal.
// Nothing is stored.
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { normalisePlate, plateColourOfCode } from '#base/pure/plates/plate.ts'
import type { Dialect } from '../../../ports/dialect.ts'
import { readAnswerBody, readMembers } from './answer-body.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

const path = '/v1/etc/vehicle-info/decrypt'

export const vehicle: NonNullable<Dialect['vehicle']> = {
  row: { id: 'vehicleInfo', method: 'POST', path },
  request(no, { obu, sealed }) {
    const bodyText = JSON.stringify({
      listNo: no,
      obuId: obu.obuId,
      contractProvider: obu.issuerHex,
      keyVersion: sealed.keyVersion,
      algorithmIdentifier: sealed.algorithm,
      random: sealed.random,
      cipherVehicleInfo: sealed.cipher,
    })
    refuseForbiddenText(bodyProblem(bodyText))
    // The request changes nothing, so it needs no idempotency key.
    return { method: 'POST', path, bodyText, idempotencyKey: null }
  },
  read(no, { obu }, body, open) {
    const answer = readAnswerBody(body)
    if (answer?.respCode !== '100000') return null
    const { data } = answer
    if (data.text('listNo') !== no || data.text('obuId') !== obu.obuId) return null
    const sealed = bytesOfBase64(data.text('vehicleInfo') ?? '')
    const plain = sealed === null ? null : open(sealed)
    const info = plain === null ? null : readMembers(plain)
    if (info === null) return null
    const plateRaw = info.text('vehiclePlate')
    const [code, type] = [info.integer('vehicleColor'), info.integer('vehicleType')]
    const plate = normalisePlate(plateRaw ?? '')
    if (plateRaw === null || plate === null || code === null || type === null) return null
    if (type < 1 || type > 99) return null
    return { plate, plateRaw, colour: plateColourOfCode(code), vehicleClass: type }
  },
}

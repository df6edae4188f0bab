// Dahua's own search (DHDiscover): one question to 239.255.255.251:37810 on a named card.
// Only `DHDiscover.search` is ever sent; the methods that change a device are not in here.
//
// Facts, as seen in public code and notes (Dahua publishes none): 32 bytes before the JSON, which are
// 20 00 00 00, 'DHIP', eight zero bytes, and the length of the JSON twice, each as 64 bits little-endian.
// JSON alone gets no answer. The answer comes to the port that asked: a head whose length varies, then
// JSON of method `client.notifyDevInfo` whose params.deviceInfo names DeviceType, SerialNo, IPv4Address
// and HttpPort among others. It carries nothing of the question.
import type { FoundCamera } from '../../find/found-camera.ts'
import { bytesOfAscii } from '#base/pure/data/bytes.ts'
import { parsed } from '#base/pure/data/json.ts'
import { defineCameraSearch } from '../search.ts'
import { answerBytesMax, isNode, textAt, webAddress, within } from '../search-answers.ts'

const headBytes = 32

function question(): Uint8Array {
  const body = bytesOfAscii('{"method":"DHDiscover.search","params":{"mac":"","uni":1}}')
  const bytes = new Uint8Array(headBytes + body.length)
  const head = new DataView(bytes.buffer)
  head.setUint32(0, headBytes, true)
  bytes.set(bytesOfAscii('DHIP'), 4)
  head.setUint32(16, body.length, true)
  head.setUint32(24, body.length, true)
  bytes.set(body, headBytes)
  return bytes
}

/** Null when the answer has no JSON after a DHIP head. */
function jsonOf(answer: Uint8Array): unknown {
  const start = answer.indexOf(0x7b)
  const mark = new TextDecoder('latin1').decode(answer.subarray(4, 8))
  if (answer.length > answerBytesMax || start < 8 || mark !== 'DHIP') return null
  return parsed(new TextDecoder().decode(answer.subarray(start)).replace(/[\0\s]+$/, ''))
}

/** The device of one answer. */
function dahuaCamera(answer: Uint8Array, from: string): FoundCamera | null {
  const said = jsonOf(answer)
  const info = within(said, 'params', 'deviceInfo')
  if (textAt(said, 'method') !== 'client.notifyDevInfo' || !isNode(info)) return null
  const name = textAt(info, 'SerialNo')
  const hardware = textAt(info, 'DeviceType')
  if (name === '' && hardware === '') return null
  const port = within(info, 'HttpPort')
  return {
    by: 'dahua',
    address: from,
    services: webAddress(
      textAt(info, 'IPv4Address', 'IPAddress'),
      typeof port === 'number' ? `${port}` : '',
    ),
    name,
    hardware,
  }
}

export const dahuaSearch = defineCameraSearch({
  name: 'dahua',
  group: { host: '239.255.255.251', port: 37_810 },
  hearGroup: false,
  question,
  camera: (answer, _id, from) => dahuaCamera(answer, from),
  link: (address) => `dahua://${address}?user=admin&secret=camera`,
})

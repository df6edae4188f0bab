// Dahua's own search (DHDiscover): one question to 239.255.255.251:37810 on a named card.
// Only `DHDiscover.search` is ever sent; the methods that change a device are not in here.
//
// Facts, as seen in public code and notes (Dahua publishes none): 32 bytes before the JSON, which are
// 20 00 00 00, 'DHIP', eight zero bytes, and the length of the JSON twice, each as 64 bits little-endian.
// JSON alone gets no answer. The answer comes to the port that asked: a head whose length varies, then
// JSON of method `client.notifyDevInfo` whose params.deviceInfo names DeviceType, SerialNo, IPv4Address
// and HttpPort among others. It carries nothing of the question.
import type { FoundCamera } from '../../ports/find.ts'
import {
  answerBytesMax,
  CameraList,
  isNode,
  textAt,
  webAddress,
  within,
  type ProbeOptions,
} from './answers.ts'
import { askByUdp } from './ask-by-udp.ts'

const group = { host: '239.255.255.251', port: 37_810 }
const headBytes = 32

export function dahuaQuestion(): Buffer {
  const body = Buffer.from('{"method":"DHDiscover.search","params":{"mac":"","uni":1}}')
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(headBytes, 0)
  head.write('DHIP', 4, 'latin1')
  head.writeUInt32LE(body.length, 16)
  head.writeUInt32LE(body.length, 24)
  return Buffer.concat([head, body])
}

/** Null for what is no JSON after a DHIP head. */
function jsonOf(answer: Uint8Array): unknown {
  const bytes = Buffer.from(answer)
  const start = bytes.indexOf('{')
  if (bytes.length > answerBytesMax || start < 8 || bytes.indexOf('DHIP') !== 4) return null
  try {
    return JSON.parse(bytes.toString('utf8', start).replace(/[\0\s]+$/, '')) as unknown
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

/** The device of one answer; null for anything else. */
export function dahuaCamera(answer: Uint8Array, from: string): FoundCamera | null {
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

export async function askDahua({
  card,
  to = group,
  waitMs,
  enough = Infinity,
}: ProbeOptions): Promise<readonly FoundCamera[]> {
  const found = new CameraList()
  const question = dahuaQuestion()
  await askByUdp({ card, to, waitMs, question, hearGroup: false }, (answer, from) => {
    const camera = dahuaCamera(answer, from)
    if (camera !== null) found.add(camera)
    return found.size >= enough
  })
  return found.all()
}

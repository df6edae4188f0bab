// Answers to the searches of camera makers: Hikvision's SADP inquiry and Dahua's DHDiscover.search.
// Pure: a query in, an answer out; null for another query. A search changes nothing.

export interface SearchedCamera {
  readonly model: string
  readonly serial: string
  readonly mac: string
  readonly host: string
  readonly httpPort: number
}

/** SADP (seen in public notes): the query's Uuid comes back in a ProbeMatch. */
export function answerSadp(question: Uint8Array, camera: SearchedCamera): Uint8Array | null {
  const text = new TextDecoder().decode(question)
  const uuid = /<Probe>[^]*<Uuid>([0-9A-Fa-f-]{36})<\/Uuid>/.exec(text)?.[1]
  if (uuid === undefined || !text.includes('<Types>inquiry</Types>')) return null
  const said: readonly (readonly [string, string])[] = [
    ['Uuid', uuid],
    ['Types', 'inquiry'],
    ['DeviceType', '0'],
    ['DeviceDescription', camera.model],
    ['DeviceSN', camera.serial],
    ['CommandPort', '8000'],
    ['HttpPort', `${camera.httpPort}`],
    ['MAC', camera.mac.replaceAll(':', '-')],
    ['IPv4Address', camera.host],
    ['DHCP', 'false'],
    ['Activated', 'true'],
  ]
  const body = said.map(([name, value]) => `<${name}>${value}</${name}>`).join('\r\n')
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8" ?>\r\n<ProbeMatch>\r\n${body}\r\n</ProbeMatch>\r\n`,
  )
}

const magic = [0x44, 0x48, 0x49, 0x50]

/** DHDiscover (seen in public code): a query without the DHIP header or with a wrong length gets no answer. */
export function answerDahua(question: Uint8Array, camera: SearchedCamera): Uint8Array | null {
  if (question.length < 32 || magic.some((byte, at) => question[4 + at] !== byte)) return null
  const requestView = new DataView(question.buffer, question.byteOffset, question.byteLength)
  const size = requestView.getUint32(16, true)
  if (size !== question.length - 32 || requestView.getUint32(24, true) !== size) return null
  const text = new TextDecoder().decode(question.subarray(32))
  if (!text.includes('"DHDiscover.search"')) return null
  const deviceInfo = {
    DeviceClass: 'ITC',
    DeviceType: camera.model,
    HttpPort: camera.httpPort,
    IPv4Address: { DhcpEnable: false, IPAddress: camera.host },
    SerialNo: camera.serial,
  }
  const { mac } = camera
  const said = { mac, method: 'client.notifyDevInfo', params: { deviceInfo } }
  const body = new TextEncoder().encode(`${JSON.stringify(said)}\n\0`)
  const answer = new Uint8Array(32 + body.length)
  answer.set([0x20, 0, 0, 0, ...magic])
  const head = new DataView(answer.buffer)
  head.setUint32(16, body.length, true)
  head.setUint32(24, body.length, true)
  answer.set(body, 32)
  return answer
}

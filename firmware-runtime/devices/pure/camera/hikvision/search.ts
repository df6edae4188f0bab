// Hikvision's own search (SADP): one inquiry to 239.255.255.250:37020 on a named card, answers collected.
// Only `inquiry` is ever sent; the words that activate, address or reset a camera are not in here.
//
// Facts, as seen in public code and notes (Hikvision publishes none): the question is
// `<Probe><Uuid>U</Uuid><Types>inquiry</Types></Probe>`, the answer a `<ProbeMatch>` with the same Uuid,
// DeviceDescription (the model), DeviceSN, IPv4Address and HttpPort among others. Older firmware answers
// to the group at port 37020, newer to the port that asked.
import type { FoundCamera } from '../../find/found-camera.ts'
import { bytesOfAscii } from '#base/pure/data/bytes.ts'
import { defineCameraSearch } from '../search.ts'
import { textAt, webAddress, within, xmlOf } from '../search-answers.ts'

/** The camera of one answer to our inquiry. */
function sadpCamera(answer: Uint8Array, id: string, from: string): FoundCamera | null {
  const match = within(xmlOf(answer), 'ProbeMatch')
  if (textAt(match, 'Uuid').toUpperCase() !== id) return null
  if (textAt(match, 'Types') !== 'inquiry') return null
  return {
    by: 'sadp',
    address: from,
    services: webAddress(textAt(match, 'IPv4Address'), textAt(match, 'HttpPort')),
    name: textAt(match, 'DeviceSN'),
    hardware: textAt(match, 'DeviceDescription'),
  }
}

export const sadp = defineCameraSearch({
  name: 'sadp',
  group: { host: '239.255.255.250', port: 37_020 },
  hearGroup: true,
  question: (id) =>
    bytesOfAscii(
      '<?xml version="1.0" encoding="utf-8"?>\n' +
        `<Probe>\n<Uuid>${id}</Uuid>\n<Types>inquiry</Types>\n</Probe>`,
    ),
  camera: sadpCamera,
  link: () => 'push:hikvision',
})

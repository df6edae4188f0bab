// Finds ONVIF cameras by WS-Discovery: one Probe to 239.255.255.250:3702 on a named card, answers collected.
// Sent only when a person starts a search; an answer has a name and addresses, nothing is opened.
import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { visible } from '#base/pure/words/visible-text.ts'
import type { FoundCamera } from '../ports/find.ts'
import { isNode, textAt, within, wordsAt, xmlOf } from '../pure/camera/search-answers.ts'
import { CameraList, type ProbeOptions } from './answers.ts'

const group = { host: '239.255.255.250', port: 3702 }

const probeText = (id: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"' +
  ' xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
  ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"' +
  ' xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header>' +
  `<w:MessageID>uuid:${id}</w:MessageID>` +
  '<w:To e:mustUnderstand="true">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>' +
  '<w:Action e:mustUnderstand="true">' +
  'http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>' +
  '<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>'

/** Value of the scope `onvif://www.onvif.org/name/...`. */
function scope(scopes: readonly string[], name: string): string {
  const head = `onvif://www.onvif.org/${name}/`
  const found = scopes.find((one) => one.startsWith(head))?.slice(head.length) ?? ''
  try {
    return visible(decodeURIComponent(found))
  } catch (error) {
    // Not a valid UTF-8 escape: shown as received.
    if (!(error instanceof URIError)) throw error
    return found
  }
}

/** The cameras in an answer to this Probe; empty for another message. */
export function camerasIn(answer: Uint8Array, id: string, from: string): FoundCamera[] {
  const envelope = within(xmlOf(answer), 'Envelope')
  if (!textAt(envelope, 'Header', 'RelatesTo').endsWith(id)) return []
  const matches = within(envelope, 'Body', 'ProbeMatches', 'ProbeMatch')
  const all: readonly unknown[] = Array.isArray(matches) ? matches : [matches]
  return all.filter(isNode).map((match) => {
    const scopes = wordsAt(match, 'Scopes')
    return {
      by: 'onvif' as const,
      address: from,
      services: wordsAt(match, 'XAddrs'),
      name: scope(scopes, 'name'),
      hardware: scope(scopes, 'hardware'),
    }
  })
}

export function probeCameras({
  card,
  to = group,
  waitMs,
}: ProbeOptions): Promise<readonly FoundCamera[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly FoundCamera[]>()
  const socket = createSocket('udp4')
  const id = randomUUID()
  const found = new CameraList()
  let late: NodeJS.Timeout | undefined
  let isOpen = true
  // A host name that does not resolve fails late, a card without a network at once: the second event finds it closed.
  const end = (done: () => void): void => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(late)
    socket.close()
    done()
  }
  socket.on('error', (error) => end(() => reject(error)))
  socket.on('message', (answer, { address }) => {
    for (const camera of camerasIn(answer, id, address)) found.add(camera)
  })
  socket.bind(0, card, () => {
    late = setTimeout(() => end(() => resolve(found.all())), waitMs)
    try {
      if (to === group) socket.setMulticastInterface(card)
      socket.send(probeText(id), to.port, to.host)
    } catch (error) {
      // The card is gone, or the port is invalid.
      end(() => reject(error))
    }
  })
  return promise
}

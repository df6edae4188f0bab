// An ONVIF camera's answer to a WS-Discovery Probe: one ProbeMatch with its service address.
// Pure: text in, text out; null for a query not meant for cameras.

interface DiscoveredCamera {
  readonly name: string
  readonly hardware: string
  readonly serviceUrl: string
}

export function answerProbe(question: string, camera: DiscoveredCamera): string | null {
  const id = /<(?:\w+:)?MessageID[^>]*>([^<]{1,100})</.exec(question)?.[1]
  const isForCameras = /Types[^>]*>[^<]*NetworkVideoTransmitter/.test(question)
  if (id === undefined || !isForCameras || !/\/Probe<\//.test(question)) return null
  const { name, hardware, serviceUrl } = camera
  const scopes = [
    'onvif://www.onvif.org/type/video_encoder',
    `onvif://www.onvif.org/name/${encodeURIComponent(name)}`,
    `onvif://www.onvif.org/hardware/${encodeURIComponent(hardware)}`,
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"',
    ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"',
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">',
    `<s:Header><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch>`,
    `<d:Scopes>${scopes.join(' ')}</d:Scopes><d:XAddrs>${serviceUrl}</d:XAddrs>`,
    '</d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>',
  ].join('')
}

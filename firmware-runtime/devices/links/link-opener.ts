// Opens a byte link by the scheme of its URL (contract.md section 3).
// Throws LOT-03 for a URL that is not a link; a link that fails to open calls `down`.
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import type { LinkOpener } from '../ports/byte-link.ts'
import { isHidLink, parseHidLink } from '#base/pure/links/hid-link.ts'
import { isKeyLink, parseKeyLink } from '#base/pure/links/key-link.ts'
import { isLpLink, parseLpLink } from '#base/pure/links/lp-link.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { nativeHid, openHidLink, type HidOpener } from './hid-link.ts'
import { openKeyLink } from './key-link.ts'
import { openLpLink } from './lp-link.ts'
import { nativeSerialPort, openSerialLink, type SerialPortMaker } from './serial-link.ts'
import { openTcpLink, tcpLinkLimits, type TcpLinkLimits } from './tcp-link.ts'

interface LinkOpenerOptions {
  readonly tcpLimits?: TcpLinkLimits
  readonly makeSerialPort?: SerialPortMaker
  readonly openHid?: HidOpener
  readonly platform?: NodeJS.Platform
}

export function linkOpener(options: LinkOpenerOptions = {}): LinkOpener {
  const {
    tcpLimits = tcpLinkLimits,
    makeSerialPort = nativeSerialPort,
    openHid = nativeHid,
    platform = process.platform,
  } = options
  return {
    open(url, given) {
      // node-hid and the printer's reading loop would make a lost device of an error of ours.
      const handlers = {
        up: asTurn((descriptor?: Uint8Array) => given.up(descriptor)),
        bytes: asTurn((chunk: Uint8Array) => given.bytes(chunk)),
        down: asTurn((reason: DownText) => given.down(reason)),
      }
      if (isHidLink(url)) return openHidLink(parseHidLink(url), handlers, openHid)
      if (isKeyLink(url)) return openKeyLink(parseKeyLink(url), handlers, { platform })
      if (isLpLink(url)) return openLpLink(parseLpLink(url), handlers, platform)
      const target = parseLinkUrl(url)
      return target.scheme === 'tcp'
        ? openTcpLink(target, handlers, tcpLimits)
        : openSerialLink(target, handlers, makeSerialPort)
    },
  }
}

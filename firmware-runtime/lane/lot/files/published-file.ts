// Checks `published` of lot.json: where the interface to billing systems listens, and who may use it. Refusals name field and
// value; the certificates are read when it opens.
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { countsCars } from '../../pure/lot/free-spaces.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { lotWhy } from '../lot-why.ts'

export function checkPublished(lot: LotConfig): void {
  const { published, mode } = lot
  if (published === undefined) return
  const refuse = (member: string, value: string, note: BilingualText, code: FaultCode = 'LOT-02') =>
    new LaneFault(code, { field: `/published/${member}`, value, note })
  const { host, keyFile, certFile, partners } = published
  if (mode === 'demo' && !isLoopback(host)) {
    const note = t('演示停车场只在本机', 'a demo lot stays on this computer')
    throw refuse('host', host, note, 'LOT-05')
  }
  if (keyFile === undefined && !isLoopback(host))
    throw refuse('keyFile', '', t('对本机之外要有 HTTPS', 'HTTPS is needed beyond this computer'))
  if ((keyFile === undefined) !== (certFile === undefined)) {
    const missing = keyFile === undefined ? 'keyFile' : 'certFile'
    throw refuse(missing, '', t('私钥和证书要一起写', 'key and certificate belong together'))
  }
  if (published.web === true && !countsCars(lot)) throw refuse('web', 'true', lotWhy.countsNone)
  const seen = new Set<string>()
  partners.forEach(({ id, rights, webhook }, i) => {
    const { protocol, hostname } = new URL(webhook?.url ?? 'http://127.0.0.1')
    const isHere = isLoopback(hostname)
    if (mode === 'demo' && !isHere) {
      const note = t('演示停车场只在本机', 'a demo lot stays on this computer')
      throw refuse(`partners/${i}/webhook/url`, hostname, note, 'LOT-05')
    }
    if (protocol === 'http:' && !isHere) {
      const note = t('对本机之外要有 HTTPS', 'HTTPS is needed beyond this computer')
      throw refuse(`partners/${i}/webhook/url`, hostname, note)
    }
    if (seen.has(id)) throw refuse(`partners/${i}/id`, id, t('写了两次', 'it stands twice'))
    seen.add(id)
    const twice = rights.findIndex((right, n) => rights.indexOf(right) < n)
    if (twice >= 0)
      throw refuse(
        `partners/${i}/rights/${twice}`,
        rights[twice] ?? '',
        t('写了两次', 'it stands twice'),
      )
    if (rights.includes('spaces') && !countsCars(lot))
      throw refuse(`partners/${i}/rights/${rights.indexOf('spaces')}`, 'spaces', lotWhy.countsNone)
  })
}

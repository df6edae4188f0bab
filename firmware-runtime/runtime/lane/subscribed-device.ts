// A device that is subscribed to over HTTP with an account, as the drivers of its make ask: requests with their proofs, and
// the watch for a password that is missing or refused. Cameras of lanes and of parking spaces use it.
import { systemRandom } from '../../adapters/clocks/system-clocks.ts'
import { deviceHttp } from '../../adapters/http/device-http.ts'
import { digestSigner } from '../../adapters/http/digest-signer.ts'
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import { HttpDeviceHost, type HttpTap } from '../../app/hosts/http-device-host.ts'
import type { CameraAddress } from '../../core/links/camera-link.ts'
import { note, type NoteText } from '../../core/values/notes.ts'
import type { CameraNews } from '../../devices/camera/camera-driver.ts'
import type { StreamDialect } from '../../devices/camera/stream/dialect.ts'
import { streamDriver } from '../../devices/camera/stream/driver.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import { DeviceSecret, passwordOf, SecretWatch } from './secret-watch.ts'

interface SubscribedParts {
  readonly at: CameraAddress & { readonly user: string; readonly secret: string }
  readonly dialect: StreamDialect<unknown>
  readonly mono: MonoClock
  /** Transport time. */
  readonly wall: WallClock
  readonly secrets: SecretStore
  readonly tap?: HttpTap | undefined
  emit(event: CameraNews): void
  secretMissing(why: NoteText): void
}

interface SubscribedDevice {
  readonly host: { readonly lastReceivedMs: number | null; readonly bytesIn: number }
  open(): void
  close(): Promise<void>
}

export function subscribedDevice(parts: SubscribedParts): SubscribedDevice {
  const { at, mono } = parts
  const secret = new DeviceSecret(() => passwordOf(parts.secrets, at.secret))
  const name = at.host.includes(':') ? `[${at.host}]` : at.host
  const host = new HttpDeviceHost({
    driver: streamDriver(parts.dialect),
    http: deviceHttp(`http://${name}:${at.port}`),
    mono,
    wall: parts.wall,
    sign: digestSigner(at.user, secret.forProof, systemRandom()),
    tap: parts.tap,
    emit(event) {
      parts.emit(event)
      if (event.type === 'cameraDown' && event.reason === 'credentials') watch.start()
    },
  })
  let started = false
  const start = (): void => {
    if (started) host.credentialsChanged()
    else host.open()
    started = true
  }
  const watch = new SecretWatch(mono, secret, start)
  return {
    host,
    open() {
      if (secret.forProof() !== null) start()
      else {
        parts.secretMissing(note('secretNotSet', at.secret))
        watch.start()
      }
    },
    async close() {
      watch.stop()
      await host.close()
    },
  }
}

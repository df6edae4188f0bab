// A device that is asked over HTTP with an account, as the drivers of its make ask: requests with their proofs, and the watch
// for a password that is missing or refused. Cameras of lanes and of parking spaces use it, and the presets of those that turn.
import { systemRandom } from '#base/time/system-clocks.ts'
import { deviceHttp } from '../../web/device-http.ts'
import { digestSigner } from '../../web/digest-signer.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import { HttpDeviceHost, type HttpDriver, type HttpTap } from '../../hosts/http-device-host.ts'
import type { CameraAddress } from '#base/pure/links/camera-link.ts'
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { CameraNews } from '../../pure/camera/camera-driver.ts'
import type { StreamDialect } from '../../pure/camera/stream/dialect.ts'
import { streamDriver } from '../../pure/camera/stream/driver.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { DeviceSecret, passwordOf, SecretWatch } from './secret-watch.ts'

type SignedInAddress = CameraAddress & { readonly user: string; readonly secret: string }

interface SignedInParts<E> {
  readonly at: SignedInAddress
  readonly mono: MonoClock
  /** Transport time. */
  readonly wall: WallClock
  readonly secrets: SecretStore
  readonly tap?: HttpTap | undefined
  emit(event: E): void
  secretMissing(why: NoteText): void
}

/** A device whose driver begins anew when its password is changed. `isRefused`: the event says that it is refused. */
export function signedInDevice<S, E extends { readonly type: string }, C = never>(
  driver: HttpDriver<S, E, C>,
  parts: SignedInParts<E>,
  isRefused: (event: E) => boolean,
) {
  const { at, mono } = parts
  const secret = new DeviceSecret(() => passwordOf(parts.secrets, at.secret))
  const name = at.host.includes(':') ? `[${at.host}]` : at.host
  const host = new HttpDeviceHost<S, E, C>({
    driver,
    http: deviceHttp(`http://${name}:${at.port}`),
    mono,
    wall: parts.wall,
    sign: digestSigner(at.user, secret.forProof, systemRandom()),
    tap: parts.tap,
    emit(event) {
      parts.emit(event)
      if (isRefused(event)) watch.start()
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
    open(): void {
      if (secret.forProof() !== null) start()
      else {
        parts.secretMissing(note('secretNotSet', at.secret))
        watch.start()
      }
    },
    async close(): Promise<void> {
      watch.stop()
      await host.close()
    },
  }
}

interface SubscribedParts extends SignedInParts<CameraNews> {
  readonly dialect: StreamDialect<unknown>
}

interface SubscribedDevice {
  readonly host: { readonly lastReceivedMs: number | null; readonly bytesIn: number }
  open(): void
  close(): Promise<void>
}

export const subscribedDevice = (parts: SubscribedParts): SubscribedDevice =>
  signedInDevice(
    streamDriver(parts.dialect),
    parts,
    (event) => event.type === 'cameraDown' && event.reason === 'credentials',
  )

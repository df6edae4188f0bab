// Calls about this computer: whether the lanes begin with it, and the act that makes them a service of it.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { line, none, plainAct, read, reply } from '#base/calls/rows.ts'

export interface MachineCheck {
  /** `unit`, `runs`, `begins`, `ports`, `sleep`, `lid`, `program`, `folder`, `recoveryKey` or `copies`. */
  readonly id: string
  readonly verdict: 'pass' | 'warn' | 'fail' | 'unknown'
  readonly why: BilingualText
}

export interface MachineView {
  /** Lanes of simulated devices: no service is made of them. */
  readonly isDemo: boolean
  /** As the doctor of this computer finds it; empty in a demo. */
  readonly rows: readonly MachineCheck[]
}

export const machineCalls = {
  'machine.get': read('gear', none, reply<MachineView>(), { rest: 'lanes', long: true }),
  /**
   * The system asks for an administrator; then the service, the firewall, the rights of the ports and no sleep are set
   * up, and the service takes over the lanes.
   */
  'machine.install': plainAct('installer', () => ({}), {
    words: t('车道装成系统服务', 'Lanes made a service of this computer'),
    long: true,
    form: {
      page: 'machine',
      reasons: 'machine',
      usual: 0,
      title: t('装成这台电脑的服务', 'Make the lanes a service of this computer'),
      do: t('装成服务', 'Install the service'),
      done: t('服务装好了', 'The service is installed'),
      says: [
        line(
          '车道随电脑启动,停了自动再起;防火墙放行推送的相机,电脑不休眠。',
          'The lanes begin with the computer and again whenever they end; the firewall lets pushing cameras through, and the computer does not sleep.',
        ),
        line(
          '系统会要管理员密码。车道停几秒,改由服务运行:车道里没有车的时候做。',
          'The system asks for the password of an administrator. The lanes stop for some seconds until the service runs them: do it while no car is in a lane.',
          'quiet',
        ),
      ],
    },
  }),
} as const

// Words of the page of this computer: what the doctor checks, and what Studio does on its desktop.
import { t } from '#base/pure/words/fault-text.ts'

export const machine = {
  well: t('✓ 车道随这台电脑启动', '✓ The lanes begin with this computer'),
  left: t('▲ {count} 项还没有办好', '▲ {count} still to do'),
  again: t('再查一次', 'Check again'),
  of: {
    unit: t('车道是这台电脑的服务', 'The lanes are a service of this computer'),
    runs: t('服务正在运行车道', 'The service runs the lanes'),
    begins: t('开机自动启动', 'It begins at boot'),
    ports: t('设备端口的权限', 'Rights for the ports of devices'),
    sleep: t('电脑不休眠', 'The computer does not sleep'),
    lid: t('合上盖子不停', 'A closed lid stops nothing'),
    program: t('程序只有管理员能改', 'Only administrators may change the program'),
    folder: t('停车场文件夹只有车道能用', 'Only the lanes may use the car park folder'),
    recoveryKey: t('恢复密钥', 'Recovery key'),
    copies: t('副本的第二处', 'Second place of copies'),
  },
  is: {
    pass: t('✓ 好', '✓ Good'),
    warn: t('▲ 要看', '▲ Look at it'),
    fail: t('✕ 没有办好', '✕ To do'),
    unknown: t('○ 不知道', '○ Not known'),
  },
  go: { recoveryKey: t('建立', 'Make it'), copies: t('设定', 'Set it') },
  desktop: t('这个窗口', 'This window'),
  atLogin: t('登录后自动打开 Studio', 'Open Studio at sign-in'),
  atLoginWhy: t(
    '只是窗口;车道由服务启动,不等人登录',
    'The window alone: the service begins the lanes before anyone signs in',
  ),
  hide: t('收进托盘', 'Hide in the tray'),
}

// Words of devices that lanes drive, on the find page: taking over, opening, giving back.
// The words of taking over itself are those of the safety page.
import { t } from '#base/pure/words/fault-text.ts'

export const held = {
  title: t('车道正在使用的设备', 'Devices in use by the lanes'),
  why: t(
    '接管后可以在这里打开、检查和设置;归还、到时或关闭窗口后,车道自动收回。',
    'Once taken over, a device can be opened, checked and set here. The lane gets it back when you return it, when the time is up or when this window closes.',
  ),
  notOpen: t('已交出,尚未打开', 'handed over, not open yet'),
  opening: t('正在打开,等设备应答', 'opening, waiting for its answer'),
  opened: t('已打开', 'open'),
  open: t('打开', 'Open'),
  close: t('关闭连接', 'Close the link'),
  shared: t(
    '不能接管:这个连接由 {others} 共用,会一起断开。先停止车道再操作,或改为各用一个连接。',
    'Cannot be taken over: {others} share this link and would be cut off too. Stop the lanes first, or give each device its own link.',
  ),
  viaShort: t('接在相机 {camera} 的输出上', 'on the output of camera {camera}'),
  via: t(
    '道闸接在相机 {camera} 的输出上:连同这台相机的输出和输入一起交出 (连接:{link})。',
    'The barrier is wired to an output of camera {camera}: the output and inputs of the camera are handed over with it (link {link}).',
  ),
  viaReads: t('相机继续为 {lanes} 识别车牌。', 'The camera keeps reading plates for {lanes}.'),
  viaNone: t(
    '这台相机不为任何车道识别车牌,或由它自己推送。',
    'This camera does not read plates for any lane, or it pushes them itself.',
  ),
}

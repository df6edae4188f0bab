// The plate camera of a lane.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const camera = defineDeviceKind({
  lane: {
    words: t('相机', 'camera'),
    label: t('相机', 'Camera'),
    like: t(
      '相机把车牌推给这台电脑,或由这台电脑登录读取',
      'The camera pushes plates to this computer, or this computer signs in and reads them',
    ),
    places: { file: 2, clause: 1, met: 1, call: 3 },
    link: {},
    members: ['cameraTimeless'],
    tried: true,
  },
  frames: {
    place: 5,
    label: t('摄像机', 'Camera'),
    noSend: t(
      '摄像机由车道询问,这里只看不发。图片和密码应答不保留。',
      'The lane queries the camera; here you can only view the frames. Pictures and password replies are not kept.',
    ),
  },
})

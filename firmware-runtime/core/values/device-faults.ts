// Faults of setting devices up: settings, passwords, cameras. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from './fault-text.ts'
import type { FaultRow } from './fault-text.ts'

export const deviceFaults = {
  'SET-01': {
    what: t('设置值不能写入设备', 'A setting cannot be written to the device'),
    means: t('没有写入,设备保持原设置', 'Nothing was written, the device keeps its settings'),
    todo: t('改为允许的值', 'Choose a value that is allowed'),
  },
  'SET-02': {
    what: t('该设备正在试运行新设置', 'A trial of new settings is running on this device'),
    means: t('没有写入,试运行继续', 'Nothing was written, the trial goes on'),
    todo: t('等试运行结束,或先撤回', 'Wait until it is over, or take it back first'),
  },
  'SET-03': {
    what: t('没有需要改动的设置', 'There is nothing to change'),
    means: t('没有写入', 'Nothing was written'),
    todo: t('先修改一个值', 'Change a value first'),
  },
  'SET-04': {
    what: t('该车道没有这个设备,或它没有可写的设置', 'The lane has no such device with settings'),
    means: t('没有写入', 'Nothing was written'),
    todo: t('选择有天线的车道', 'Choose a lane with an antenna'),
  },
  'SET-05': {
    what: t('设备设置文件损坏', 'The settings file of a device is damaged'),
    means: t(
      '天线按最近的备份或默认设置运行',
      'The antenna runs on the newest backup, or on usual settings',
    ),
    todo: t('核对设置后重新写入', 'Check the settings and write them again'),
  },
  'SET-06': {
    what: t('没有这个备份', 'There is no such backup'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('从列表中选择', 'Choose one of the list'),
  },
  'SECRET-01': {
    what: t('没有所指的密码', 'The secret that is named is not set'),
    means: t('该设备不可用,车道降级运行', 'That device is out, the lane runs degraded'),
    todo: t(
      '运行 etc-lane secret set,运行中的车道十秒内自动采用',
      'Run etc-lane secret set; a running lane takes it within ten seconds',
    ),
  },
  'CAM-01': {
    what: t('相机不接受用户名或密码', 'The camera does not accept user or password'),
    means: t(
      '没有车牌,车道等人工;不会反复尝试,以免账号被锁',
      'No plates come, cars wait for a person; it is not tried again and again, so no account locks',
    ),
    todo: t(
      '核对链路里的 user,再用 etc-lane secret set 写入密码',
      'Check user in the link, then set the password with etc-lane secret set',
    ),
  },
  'CAM-02': {
    what: t(
      '相机可能自行开闸(ctrlMod 不是 1)',
      'The camera may open the gate by itself (ctrlMod is not 1)',
    ),
    means: t(
      '不采用该相机,否则车辆可能未付费离场',
      'That camera is not used: cars could leave unpaid',
    ),
    todo: t(
      '在相机的出入口参数里改为平台控制(ctrlMod 1)',
      'Set the entrance parameters of the camera to platform control (ctrlMod 1)',
    ),
  },
  'CAM-03': {
    what: t('设备不支持链路所写的方式', 'The device does not offer what the link says'),
    means: t('没有车牌,车道等人工', 'No plates come, cars wait for a person'),
    todo: t(
      '核对型号、端口和所需服务,并启用 Digest 认证',
      'Check model, port and services, and switch Digest authentication on',
    ),
  },
} as const satisfies Record<string, FaultRow>

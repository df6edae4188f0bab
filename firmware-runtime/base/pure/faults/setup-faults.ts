// Faults of setting up a lot: no set-up here, an incomplete one, one that changed since it was shown.
// Rows of the one table in faults.ts.
import { t, type FaultRow } from '../words/fault-text.ts'

export const setupFaults = {
  'LOT-11': {
    what: t(
      '车道上的东西没有按条款摆放',
      'The equipment of a lane is not placed as a clause requires',
    ),
    means: t('车道照常工作,验收时会不通过', 'The lanes work as usual, but an acceptance will fail'),
    todo: t(
      '看判定为不通过的一条,改正后重新测量,或在该车道写明原因',
      'Look at the clause that failed, correct it and measure again, or write the reason in that lane',
    ),
  },
  'LOT-12': {
    what: t('那时的设置没有留下', 'No settings were kept for that time'),
    means: t('没有改动任何东西', 'Nothing was changed'),
    todo: t(
      '换一个更晚的时间;车道第一次启动或开通时才开始留下设置',
      'Choose a later time: settings are kept only from the set-up or the first start of the lanes',
    ),
  },
  'SETUP-01': {
    what: t('这里没有正在开通的停车场', 'No car park is being set up here'),
    means: t('没有改动任何文件', 'No file was changed'),
    todo: t('从开始页选择“开通一个停车场”', 'Choose "Set up a car park" on the start page'),
  },
  'SETUP-02': {
    what: t('开通还缺必要的内容', 'The set-up lacks some required content'),
    means: t('没有写入任何文件,车道照旧', 'No file was written; the lanes are unchanged'),
    todo: t('补上所示的一行', 'Complete the row shown'),
  },
  'SETUP-03': {
    what: t('确认之后内容又改动了', 'The content changed after you confirmed it'),
    means: t('没有写入任何文件,车道照旧', 'No file was written; the lanes are unchanged'),
    todo: t('重新查看后再确认', 'Review it again, then confirm'),
  },
  'SETUP-04': {
    what: t('开通草稿读不懂', 'The set-up draft cannot be read'),
    means: t('没有改动任何文件', 'No file was changed'),
    todo: t(
      '改正 setup.json 中所示的字段,或移走它重新开始',
      'Correct the field shown in setup.json, or move the file away and start again',
    ),
  },
  'SETUP-05': {
    what: t('没有可以撤回的上一版', 'There is no earlier version to go back to'),
    means: t(
      '停车场没有改动;第一次写入后车道已经开始记账',
      'The car park is unchanged; the lanes have kept a ledger since the settings were first written',
    ),
    todo: t('在表单里改成需要的值再写入', 'Change the values in the forms, then write them'),
  },
  'SETUP-06': {
    what: t('有设备正在测试', 'A device test is running'),
    means: t('这次没有测试', 'Nothing was tested this time'),
    todo: t('等它结束或停止它,再测试', 'Wait until it ends or stop it, then test again'),
  },
  'SETUP-10': {
    what: t('测试升起的道闸还没有降下', 'A boom that a test raised is not down yet'),
    means: t(
      '没有写入任何文件;现在开通,第一件事就是杆抬着、车可以不交费就出去',
      'No file was written; put to use now, the car park would begin with a boom that lets cars out unpaid',
    ),
    todo: t(
      '在“待办”里打开这一条,看清杆下没有车和人,降下它',
      'Open its row under To do, check that no car or person is under the boom, and lower it',
    ),
  },
  'SETUP-09': {
    what: t(
      '收费标准和是否收费不在这里改',
      'The tariff and the commercial status of the car park are not changed here',
    ),
    means: t('没有改动任何设置,收费照旧', 'No setting was changed; cars are charged as usual'),
    todo: t(
      '在“收费标准”页面改,再试算、生效',
      'Change them on the tariff page, try the prices and put them into force',
    ),
    command: 'tariff check FILE',
  },
  'SETUP-08': {
    what: t('这台设备正由运行中的车道使用', 'A running lane is using this device'),
    means: t('没有测试,车道照常工作', 'The device was not tested; the lane works as usual'),
    todo: t(
      '在“设备”页面测试它;新的设备在设置生效后测试',
      'Test it on the Devices page; test a new device after the settings take effect',
    ),
  },
  'SETUP-07': {
    what: t('渠道文件的字段不合规定', 'A field of the channel file breaks a rule'),
    means: t('没有改动任何设置', 'No setting was changed'),
    todo: t(
      '请拓展平台改正所示的字段,或照开通函在下面填写',
      'Ask the platform to correct the field shown, or enter it below from the activation letter',
    ),
  },
} as const satisfies Record<string, FaultRow>

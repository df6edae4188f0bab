// Words of the platforms beside the expansion platform, as the set-up asks for them: the operator's, that of the
// ETC operator, the one that reserves bays, and the key that a form seals.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const destinations = {
  destinations: {
    open: t('还没有填完', 'not filled in yet'),
    records: t(
      '出口牌识和小时批次也上传拓展平台',
      'Plates at exits and hourly batches go to the expansion platform as well',
    ),
    recordsWhy: t(
      '表 G.1 第 11 至 13 行;拓展平台收这些记录时才勾选',
      'Table G.1, rows 11 to 13; only where the expansion platform takes them',
    ),
    urlWho: t(
      '对方的开通函里,例如 https://park.example.com',
      'In their letter, for example https://park.example.com',
    ),
    appIdWho: t('对方发给您的开通函里', 'In their letter'),
    certDirWho: t(
      '里面有 client.pem、client.key.pem、platform.pem。每个平台用自己的文件夹',
      'With client.pem, client.key.pem and platform.pem in it. Each platform has a folder of its own',
    ),
    caFileWho: t('对方随证书一起给的 ca.pem', 'The ca.pem that came with the certificates'),
  },
  operator: {
    title: t('停车场运营服务商平台', "Operator's platform"),
    none: t('没有:记录只上传拓展平台', 'none: records go to the expansion platform alone'),
    has: t('记录也上传运营服务商平台', "Records go to the operator's platform as well"),
    why: t(
      '入口和出口交易、牌识、小时批次、班次、运行监测(表 G.1 第 2、4 至 14 行)。停车场有运营服务商时才要',
      'Entries, exits, plates, hourly batches, shifts and running monitoring (table G.1, rows 2 and 4 to 14). Where somebody operates the car park',
    ),
  },
  etcOperator: {
    title: t('ETC 运营商平台', "ETC operator's platform"),
    none: t('没有:运行配置在本机修改', 'none: settings are changed here'),
    has: t(
      '从 ETC 运营商平台下载运行配置',
      'The running configuration comes from the ETC operator',
    ),
    why: t(
      '大额和断网限额由它规定,两车之间生效(表 G.1 第 3 行)',
      'It rules large amounts and caps without network, taken over between cars (table G.1, row 3)',
    ),
  },
  reservation: {
    title: t('预约与共享平台', 'Platform for reservations'),
    none: t('没有:不收预约', 'none: nobody reserves bays'),
    has: t('接入预约与共享车位平台', 'Join a platform for reserved and shared bays'),
    why: t(
      '平台卖一段时间的车位:预约的车来得了,没有预约的车可能要等',
      'It sells bays for a time: a reserved car gets in, another one may have to wait',
    ),
    broker: t('MQTT 地址', 'MQTT address'),
    brokerWho: t(
      '平台的接入资料里,例如 mqtts://park.example.com:8883',
      'On the papers of the platform, for example mqtts://park.example.com:8883',
    ),
    url: t('HTTPS 地址', 'HTTPS address'),
    urlWho: t(
      '消息服务连不上时用。没有就留空:消息等它恢复',
      'For while the broker is out of reach. Empty: messages wait for it',
    ),
    appId: t('渠道号', 'Channel number'),
    appIdWho: t(
      '平台的接入资料里,字母、数字和 -',
      'On the papers of the platform: letters, digits and -',
    ),
    parkCode: t('停车场编码', 'Code of the car park'),
    parkCodeWho: t(
      '平台给停车场的编码,不一定是上面的停车场编号',
      'As the platform calls it, which may be another than the number above',
    ),
    caFileWhy: t(
      '平台用自己的证书时才要;留空:用这台电脑认可的证书机构',
      'Only where the platform has an authority of its own; empty: those that this machine knows',
    ),
    spaces: t('平台最多可预约的车位', 'Bays that may be reserved'),
    spacesWhy: t(
      '不超过停车场的车位数。共享的车位另按时段计',
      'At most those of the car park. Shared bays are counted by their own times',
    ),
    bays: t('个', 'bays'),
    key: {
      set: t('密钥已封存在这台电脑上', 'The key is sealed to this machine'),
      absent: t(
        '还没有密钥:不收预约,也不上报',
        'No key yet: no reservations come in and nothing is told',
      ),
      none: t('保存上面的内容后放入密钥', 'Put the key in when the lines above are saved'),
    },
    keyWhy: t(
      '平台给的一行,没有空格。封存以后不再显示,也不写进任何文件',
      'One line from the platform, without blanks. Sealed, it is never shown again and stands in no file',
    ),
  },
  key: {
    typed: t('粘贴密钥', 'Paste the key'),
    keep: t('封存', 'Seal it'),
    file: t('或者从文件读密钥', 'Or read it from a file'),
    kept: t('已封存密钥 {ids}', 'Sealed: {ids}'),
  },
}

// Chinese words of the platforms beside the expansion platform, as the set-up asks for them: the operator's, that of the
// ETC operator, the one that reserves bays, and the key that a form seals.

export const destinations = {
  destinations: {
    open: '还没有填完',
    records: '出口牌识和小时批次也上传拓展平台',
    recordsWhy: '表 G.1 第 11 至 13 行;拓展平台收这些记录时才勾选',
    urlWho: '对方的开通函里,例如 https://park.example.com',
    appIdWho: '对方发给您的开通函里',
    certDirWho: '里面有 client.pem、client.key.pem、platform.pem。每个平台用自己的文件夹',
    caFileWho: '对方随证书一起给的 ca.pem',
  },
  operator: {
    title: '停车场运营服务商平台',
    none: '没有:记录只上传拓展平台',
    has: '记录也上传运营服务商平台',
    why: '入口和出口交易、牌识、小时批次、班次、运行监测(表 G.1 第 2、4 至 14 行)。停车场有运营服务商时才要',
  },
  etcOperator: {
    title: 'ETC 运营商平台',
    none: '没有:运行配置在本机修改',
    has: '从 ETC 运营商平台下载运行配置',
    why: '大额和断网限额由它规定,两车之间生效(表 G.1 第 3 行)',
  },
  reservation: {
    title: '预约与共享平台',
    none: '没有:不收预约',
    has: '接入预约与共享车位平台',
    why: '平台卖一段时间的车位:预约的车来得了,没有预约的车可能要等',
    broker: 'MQTT 地址',
    brokerWho: '平台的接入资料里,例如 mqtts://park.example.com:8883',
    url: 'HTTPS 地址',
    urlWho: '消息服务连不上时用。没有就留空:消息等它恢复',
    appId: '渠道号',
    appIdWho: '平台的接入资料里,字母、数字和 -',
    parkCode: '停车场编码',
    parkCodeWho: '平台给停车场的编码,不一定是上面的停车场编号',
    caFileWhy: '平台用自己的证书时才要;留空:用这台电脑认可的证书机构',
    spaces: '平台最多可预约的车位',
    spacesWhy: '不超过停车场的车位数。共享的车位另按时段计',
    bays: '个',
    key: {
      set: '密钥已封存在这台电脑上',
      absent: '还没有密钥:不收预约,也不上报',
      none: '保存上面的内容后放入密钥',
    },
    keyWhy: '平台给的一行,没有空格。封存以后不再显示,也不写进任何文件',
  },
  key: { typed: '粘贴密钥', keep: '封存', file: '或者从文件读密钥', kept: '已封存密钥 {ids}' },
}

// Starts the window: client, stores, languages, screens. All its data comes through the client.
// Styles are loaded only here.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../styles/index.ts'
import { setLaneClient } from '../api/client.ts'
import { i18n } from '../i18n/index.ts'
import App from './App.vue'
import { makeRouter } from './router.ts'

setLaneClient(window.lane)
createApp(App).use(createPinia()).use(i18n).use(makeRouter()).mount('#app')

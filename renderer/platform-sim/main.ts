// The administration page of the platform simulator: served by it, opened in a browser, a program of its own beside the
// window. Chinese where nothing else was chosen.
import { createApp } from 'vue'
import PlatformPage from './PlatformPage.vue'
import '../styles/tokens.css'
import './page.css'

createApp(PlatformPage).mount('#app')

export { startWebhookReceiver, type Received, type WebhookReceiver } from './receiver.js';
export { whyNotGenuine } from './verify.js';

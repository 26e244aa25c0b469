import { serveEvent } from '../src/bridge/serve-event.ts'
import { createAnswerInPlace } from '../src/channels/answer-in-place.ts'
import { createCustomRuntime } from '../src/channels/fc/custom-runtime.ts'
import { serveInvocation, serveMessage, textOf } from '../src/channels/fc/serve-invocation.ts'
import { requestOfTrigger, triggerReplyOf } from '../src/channels/fc/http-trigger.ts'
import { ASYNC_PATH, createHttpChannel, SYNC_PATH } from '../src/channels/http/http-channel.ts'
import { createNodeServer } from '../src/channels/http/node-server.ts'
import { eventsIn, isTriggerMessage } from '../src/channels/mns/message.ts'
import { systemClock } from '../src/platform/clock.ts'
import { readFcContext } from '../src/platform/fc-context.ts'
import { invokeAsync } from '../src/platform/function-compute.ts'
import { createLogger } from '../src/platform/log.ts'
import { createNetwork, ForbiddenAddressError } from '../src/platform/network.ts'
import { resolveSettings } from '../src/platform/secret-source/resolve-settings.ts'
import { SecretStore } from '../src/platform/secret-source/secret-store.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { readSettings } from '../src/platform/settings.ts'
import {
  hasInexactNumber,
  numberFrom,
  parseWithSourceNumbers,
  quoteConstants,
  SourceNumber,
} from '../src/platform/source-number.ts'
import { CloudError } from '../src/providers/provider.ts'
import { GENERIC_TYPE, providerRegistry, servedProviders } from '../src/providers/registry.ts'

/**
 * An entry of the function's bundle that is not deployed. It exports code of the deployed files by the source module it comes
 * from. `npm run test:bundle` replaces those modules with it. The deployed entries use all of it too, so that it adds nothing
 * to their files.
 */
export const modules = {
  'src/bridge/serve-event.ts': { serveEvent },
  'src/channels/answer-in-place.ts': { createAnswerInPlace },
  'src/channels/fc/custom-runtime.ts': { createCustomRuntime },
  'src/channels/fc/http-trigger.ts': { requestOfTrigger, triggerReplyOf },
  'src/channels/fc/serve-invocation.ts': { serveInvocation, serveMessage, textOf },
  'src/channels/http/http-channel.ts': { ASYNC_PATH, SYNC_PATH, createHttpChannel },
  'src/channels/http/node-server.ts': { createNodeServer },
  'src/channels/mns/message.ts': { eventsIn, isTriggerMessage },
  'src/platform/clock.ts': { systemClock },
  'src/platform/fc-context.ts': { readFcContext },
  'src/platform/function-compute.ts': { invokeAsync },
  'src/platform/log.ts': { createLogger },
  'src/platform/network.ts': { createNetwork, ForbiddenAddressError },
  'src/platform/secret-source/resolve-settings.ts': { resolveSettings },
  'src/platform/secret-source/secret-store.ts': { SecretStore },
  'src/platform/secrets.ts': { Secrets },
  'src/platform/settings.ts': { readSettings },
  'src/platform/source-number.ts': {
    SourceNumber,
    hasInexactNumber,
    numberFrom,
    parseWithSourceNumbers,
    quoteConstants,
  },
  'src/providers/provider.ts': { CloudError },
  'src/providers/registry.ts': { GENERIC_TYPE, providerRegistry, servedProviders },
}

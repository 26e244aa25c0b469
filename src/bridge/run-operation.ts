import { perform, type Effects } from './effects.ts'
import { absorb, expire, nextAction, type Action, type News } from './lifecycle.ts'
import type { Operation } from './operation.ts'

export type Ended = Extract<Operation['step'], { at: 'end' }>

/**
 * Drives an operation from wherever it stands to its end, in place. Throws only for a defect: whatever a cloud or ROS's
 * endpoint does is part of the operation.
 */
export async function runOperation(start: Operation, effects: Effects): Promise<Ended> {
  let operation = start
  for (;;) {
    operation = expire(operation, effects.clock.now())
    if (operation.step.at === 'end') return operation.step
    const action = nextAction(operation, effects.clock.now())
    effects.observe?.({ step: 'action', action })
    const news = await perform(action, effects, operation.answerBy)
    effects.observe?.({ step: 'news', news })
    const before = operation
    operation = absorb(operation, news, { now: effects.clock.now(), dice: effects.random() })
    logProgress(effects, before, action, news)
  }
}

/** One line a change: polls that show nothing new are for those who ask for them. */
function logProgress({ log }: Effects, before: Operation, action: Action, news: News): void {
  if (news.of === 'wait' || news.of === 'deliver' || news.of === 'failure') return
  const line = { action: action.do, ...facts(news) }
  const repeated =
    news.of === 'describe' &&
    news.observation.phase === 'working' &&
    before.step.at === 'observe' &&
    before.step.status === news.observation.status
  if (repeated) log.debug(line, 'the stack is as before')
  else log.info(line, 'the operation goes on')
}

function facts(news: Exclude<News, { of: 'wait' | 'deliver' | 'failure' }>): Record<string, unknown> {
  switch (news.of) {
    case 'find':
      return news.found.found
        ? {
            foreignStackId: news.found.stack.id,
            status: news.found.status,
            ownership: news.found.ownership.mark,
          }
        : { foreignStackId: null }
    case 'create':
    case 'update':
    case 'delete':
      return {
        outcome: news.outcome.outcome,
        ...('watch' in news.outcome ? { foreignStackId: news.outcome.watch.stack.id } : {}),
      }
    case 'repair':
      return { foreignStackId: news.watch.stack.id }
    case 'describe':
      return {
        phase: news.observation.phase,
        ...('status' in news.observation ? { status: news.observation.status } : {}),
      }
    case 'explain':
      return { cause: news.explanation.cause }
    case 'stop':
      return { said: news.said }
  }
}

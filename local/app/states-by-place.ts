import { AwsError } from '../services/http/aws-error';
import type { Caller, JsonService } from '../services/http/json-service';
import type { StatesService } from '../services/states/states-service';

type Request = { readonly [member: string]: unknown };

/** One Step Functions for all accounts and regions of an app: the first ARN of a request tells which one is meant. */
export class StatesByPlace implements JsonService {
  readonly target = 'AWSStepFunctions';

  /** @param places services by `account/region`; the first is the default */
  constructor(private readonly places: ReadonlyMap<string, StatesService>) {}

  handle(action: string, input: unknown, caller: Caller): unknown {
    const request = (typeof input === 'object' && input !== null ? input : {}) as Request;
    const services = 'taskToken' in request ? [...this.places.values()] : [this.placeOf(request)];
    return answeredByFirst(services, (states) => states.handle(action, input, caller));
  }

  private placeOf(request: Request): StatesService {
    const [first] = this.places.values();
    const arn = Object.values(request).find((value) => typeof value === 'string' && value.startsWith('arn:')) as
      | string
      | undefined;
    const [, , , region, account] = arn?.split(':') ?? [];
    return this.places.get(`${account}/${region}`) ?? first!;
  }
}

/** A token does not tell where it is from: the first service that knows it answers. */
function answeredByFirst(services: readonly StatesService[], ask: (states: StatesService) => unknown): unknown {
  let refusal: unknown;
  for (const states of services) {
    try {
      return ask(states);
    } catch (error) {
      refusal = error;
      if (!(error instanceof AwsError) || error.name !== 'InvalidToken') break;
    }
  }
  throw refusal;
}

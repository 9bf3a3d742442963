import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { hasGraph } from '../private/cdk-internals';
import { cut } from '../private/cut';
import { statesOf } from '../private/fallible-state';
import { Fragment } from '../private/fragment';
import { invalid } from '../private/invalid';
import { expressionOf, literalOf } from '../private/jsonata';
import { Route } from './route';

/** What a `ChoiceRouter` looks at, and where it goes. */
export interface ChoiceRouterProps {
  /**
   * The value to route on: a JSONata expression, as in `{% $states.input.TransactionType %}`.
   *
   * It may yield nothing or a value of any type, but must not fail itself. What it yields is compared as it is; note that in
   * JSONata a path through an array of one yields the one value, so `[{ "TransactionType": "PURCHASE" }]` is routed like the
   * object in it. To have arrays go to `otherwise`, write
   * `{% $type($states.input) = "object" ? $states.input.TransactionType %}`.
   */
  readonly on: string;

  /**
   * A chain per text value.
   *
   * @default - no text values; `typedRoutes` must hold a route then
   */
  readonly routes?: { [value: string]: sfn.IChainable };

  /**
   * Routes for numbers and booleans, or for texts as well.
   *
   * @default - no further routes
   */
  readonly typedRoutes?: Route[];

  /**
   * Where to go for any other value, and when there is none.
   *
   * @default - the execution fails with the error `UnknownChoice`, whose cause names the value and the routes
   */
  readonly otherwise?: sfn.IChainable;
}

const LONGEST_VALUE_SHOWN = 200;
const LONGEST_ROUTES_SHOWN = 1000;

const routers = new WeakMap<sfn.State, ChoiceRouter>();

/**
 * Goes on at one of several chains, by the value of an expression.
 *
 * A Choice state of the router's id. It always has a default: without one, an unknown value ends the execution with an error
 * that no catcher can catch. A missing value or one of another type is like any unknown value. Written in JSONata, the router
 * joins states of either query language.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export class ChoiceRouter extends Fragment {
  /** The Choice state. */
  public readonly startState: sfn.State;

  /** The ends of all routes and of `otherwise`: what is chained behind the router follows each of them. */
  public readonly endStates: sfn.INextable[];

  /**
   * @throws if there is no route, two routes have the same value, `on` does not stand between `{%` and `%}`, a route or
   * `otherwise` leads to a state that another state machine holds, or to one that another router goes to and something may be
   * chained behind.
   */
  constructor(scope: Construct, id: string, props: ChoiceRouterProps) {
    super(scope, id);
    const on = expressionOf('on', props.on, this);
    const routes = this.routesOf(props);
    const choice = sfn.Choice.jsonata(this, 'Choice', { stateName: id });
    for (const { literal, chain } of routes) {
      choice.when(sfn.Condition.jsonata(`{% ${on} = ${literal} %}`), chain);
    }
    if (props.otherwise) {
      this.claim('otherwise', props.otherwise);
    }
    const otherwise = props.otherwise ?? this.unknownChoice(on, routes);
    choice.otherwise(otherwise);

    this.startState = choice;
    this.endStates = [...new Set([...routes.map((route) => route.chain), otherwise].flatMap((chain) => chain.endStates))];
  }

  private routesOf(props: ChoiceRouterProps): Route[] {
    const texts = Object.entries(props.routes ?? {}).map(([value, chain]) => Route.ofString(value, chain));
    const routes = [...texts, ...(props.typedRoutes ?? [])];
    if (routes.length === 0) {
      throw invalid('routes', props.routes ?? {}, 'add a route for at least one value', this);
    }
    const literals = new Set<string>();
    for (const { literal, chain } of routes) {
      if (literals.has(literal)) {
        throw invalid('typedRoutes', JSON.parse(literal), 'there is a route for this value already: remove one of the two', this);
      }
      literals.add(literal);
      this.claim(`routes[${literal}]`, chain);
    }
    return routes;
  }

  /** CDK tells of these only once the machine is made, or something is chained behind, and without naming the route. */
  private claim(prop: string, chain: sfn.IChainable): void {
    const held = statesOf(chain).find(hasGraph);
    if (held) {
      throw invalid(prop, held.stateId, 'a state machine holds this state already: give this router states of its own', this);
    }
    // a chain without ends, such as a common Fail, may serve many routers of one machine
    if (chain.endStates.length === 0) {
      return;
    }
    const start = chain.startState;
    const router = routers.get(start);
    if (router && router !== this) {
      throw invalid(prop, start.stateId, `${router.node.path} routes to this state: give this router states of its own`, this);
    }
    routers.set(start, this);
  }

  private unknownChoice(on: string, routes: Route[]): sfn.Fail {
    const known = cut(routes.map((route) => route.literal).join(', '), LONGEST_ROUTES_SHOWN);
    const shown = `$length($text) > ${LONGEST_VALUE_SHOWN} ? $substring($text, 0, ${LONGEST_VALUE_SHOWN}) & "..." : $text`;
    const received = `$exists($value) ? ($value = null ? "null" : $type($value) & " " & (${shown})) : "no value"`;
    return sfn.Fail.jsonata(this, 'UnknownChoice', {
      stateName: `${this.id}: UnknownChoice`,
      error: 'UnknownChoice',
      cause: `{% ($value := ${on}; $text := $string($value); "received " & (${received}) & ${literalOf(`; the routes are ${known}`)}) %}`,
    });
  }
}

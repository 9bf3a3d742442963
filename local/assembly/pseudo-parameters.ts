import { uuid } from './generated-id';
import type { Value } from './json';
import type { Stack } from './model';

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function urlSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

export function stackId({ region, account, name }: Pick<Stack, 'region' | 'account' | 'name'>): string {
  const id = uuid([account, region, name].join('/'));
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${id}`;
}

export function pseudoParameters(stack: Stack): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['AWS::NoValue', undefined],
    ['AWS::Partition', partitionOf(stack.region)],
    ['AWS::Region', stack.region],
    ['AWS::AccountId', stack.account],
    ['AWS::URLSuffix', urlSuffixOf(stack.region)],
    ['AWS::StackName', stack.name],
    ['AWS::StackId', stackId(stack)],
    ['AWS::NotificationARNs', []],
  ]);
}

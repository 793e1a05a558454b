import { expect, test } from 'vitest';
import { asVariables, soakOrders } from '../../../dev/soak/orders.js';

test.each([true, false])('orders arrive as they were given, cuts: %s', (cuts) => {
  const orders = { times: 1000, cuts, noteEvery: 10, file: '/tmp/a b.jsonl' };
  expect(soakOrders(asVariables(orders))).toEqual(orders);
});

test('an agent without orders does not start', () => {
  expect(() => soakOrders({})).toThrow('SOAK_TIMES');
});

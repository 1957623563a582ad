export { columns } from './columns';
export { sensitivities } from './sensitivities';
export { terms } from './terms';

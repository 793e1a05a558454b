// A stand-in for a job process: announces the call it is given, and ends when it is told to.
import process from 'node:process';

process.send({ case: 'steadfast.call', callId: process.argv[2] });
process.on('message', () => process.exit(0));

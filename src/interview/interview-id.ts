/** What an interview's id looks like: the name of its file, fit for a path, a URL and a log line. */
export const INTERVIEW_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

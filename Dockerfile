# Three images from one file: `agent` (the last, and so the default), `page` and `simulator`.
# No `# syntax=` line on purpose: nothing here needs a newer frontend, and fetching one fails behind strict networks.
ARG NODE_VERSION=24
FROM node:${NODE_VERSION}-slim AS base
WORKDIR /app
# LiveKit's native library checks certificates with the system's own.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*

FROM base AS build
# .npmrc: no install script runs, here as elsewhere.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
# --chown: whoever checked this out with a narrow umask has files that nobody else may read, the image's user neither.
COPY --chown=node:node . .
RUN npm run build && npm run build:page

FROM base AS packages
COPY package.json package-lock.json .npmrc ./
# Of onnxruntime Node loads a tenth, and only with TURN_DETECTION=local: the rest is the browser's build, and libraries of other systems.
RUN npm ci --omit=dev --no-audit --no-fund \
  && npm cache clean --force \
  && rm -rf node_modules/onnxruntime-web node_modules/onnxruntime-node/bin/*/darwin node_modules/onnxruntime-node/bin/*/win32

# A page and its server in one file each: no packages at all.
FROM base AS page
ENV NODE_ENV=production PAGE_HOST=0.0.0.0 PAGE_FOLDER=/app/page
COPY --from=build /app/dev/playground/dist ./
COPY --chown=node:node interviews ./interviews
COPY --chown=node:node candidates ./candidates
USER node
EXPOSE 8088
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8088/icon.svg').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.mjs"]

# Speaks in place of the model, to try things out without a key. Exits at once when there is one.
FROM build AS simulator
ENV SIMULATOR_HOST=0.0.0.0
USER node
EXPOSE 8089
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8089/v1/models').then((r) => process.exit(r.status < 500 ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "dev/realtime-simulator/main.ts", "--port", "8089", "--unless-key"]

FROM base AS agent
ENV NODE_ENV=production WORKER_HOST=0.0.0.0 DATA_DIR=/data
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --chown=node:node package.json ./
COPY --chown=node:node clips ./clips
COPY --chown=node:node interviews ./interviews
COPY --chown=node:node candidates ./candidates
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8081
# Not `/`: that says 503 while LiveKit is away, and calls go on without it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8081/worker').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not `npm start`: npm does not pass the signal to stop on.
CMD ["node", "dist/agent.js", "start"]

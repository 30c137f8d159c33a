import { Router } from "express";
import { instanceEntity, oldInstanceEntity } from "../entities/instance.ts";
import type { State } from "../state.ts";

export const instanceRoutes = (state: State): Router =>
  Router()
    .get("/api/v2/instance", (_request, response) => response.json(instanceEntity(state)))
    .get("/api/v1/instance", (_request, response) => response.json(oldInstanceEntity(state)));

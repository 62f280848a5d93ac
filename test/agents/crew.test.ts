import { expect, test } from "vitest";
import { runCase } from "../support/run-case.ts";

const CREW = `import os

from crewai import Agent, Crew
from crewai.project import CrewBase, agent, crew
from crewai.tools import tool


@tool("List notes")
def notes(folder: str) -> list:
    """Lists notes."""
    return os.listdir(folder)


@CrewBase
class Research:
    agents_config = "config/agents.yaml"

    @agent
    def researcher(self) -> Agent:
        return Agent(config=self.agents_config["researcher"], tools=[notes])

    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=[])
`;

test("an agent of a crew is called as its entry in the file is", async () => {
  const { deployables } = await runCase({ "crew.py": CREW });
  expect(deployables.flatMap(({ agents }) => agents).map(({ name }) => name)).toEqual(["researcher"]);
  expect(deployables.flatMap(({ tools }) => tools).map(({ name }) => name)).toEqual(["List notes"]);
});

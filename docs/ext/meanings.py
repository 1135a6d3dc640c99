"""What each field of plan/1, result/1 and the settings means; "" is what stands above the table."""

from __future__ import annotations

_CAPTAIN = "A captain has `county` and `township` and no `village`."

MEANINGS: dict[str, dict[str, str]] = {
    "Checkpoint": {
        "": "Where a solve stood. Beside these fields a `digest` (SHA-256 of all others) shows damage.",
        "schema": "Always `checkpoint/1`.",
        "round_digest": "SHA-256 of the round.",
        "rules_digest": "SHA-256 of the rules in effect.",
        "settings": "The settings that say what is looked for; a run is continued only with the same.",
        "stage": "The solve that was under way. The score never falls within a stage; between stages it may.",
        "teams": "Its best plan: by place, `[cadre, role]` of each member. Measured and recounted before it is gone on from.",
        "score": "That plan's score.",
        "bound": "The bound at that time. Not believed: it is proven again at `prices`.",
        "floor": "The floor that was raised, in a stage `floor`.",
        "prices": "The prices of the best bound.",
        "good_teams": "Up to four more teams of each place, the nearest to the bound at these prices.",
        "finished": "The solves that are done. Their plans are recounted; what they proved is taken as it stands.",
        "continued": "How often the run had been continued.",
    },
    "Stage": {
        "rank": "The rank that was worked on.",
        "solve": "The number of the solve for it, from 1.",
        "name": "`first`: what a kind of plan puts before the score. `plan`: the plan of the rank. `floor`: the same once the "
        "floor is raised. `pool`: a plan out of teams at hand. `secretaries`, `everything`: a plan that differs in substance.",
    },
    "SavedFloor": {
        "index": "The least index of every village, as an exact fraction.",
        "proven": "Whether no plan reaches 0.01 more.",
    },
    "Finished": {
        "stage": "Where the solve began.",
        "method": "The method that was used.",
        "status": "As in a result.",
        "plan": "Its plan. Absent without one.",
        "bound": "The bound that it proved. Absent without one.",
    },
    "Plan": {
        "schema": "Always `plan/1`.",
        "rank": "1 is the best plan of the result.",
        "score": "The sum of the terms' weighted points less the penalties of the violations. A whole number.",
        "bound": "No plan of this round scores more than this: proven. Absent where nothing was proven.",
        "gap": "(`bound` − `score`) ÷ max(1, |`score`|), so 0.01 is one percent. Absent without a bound.",
        "proof": "`optimal`: score and bound are equal. `gap`: there is a bound, and it is above the score. `none`: "
        "no bound was proven.",
        "posts": "Who holds which post.",
        "bundles": "Which unit answers for which village.",
        "terms": "The points of every term with a weight above 0, over the whole plan.",
        "villages": "The points of every village.",
        "violations": "Soft rules that the plan does not meet; of a partial plan first the hard rules that it breaks, at penalty 0.",
        "reserves": "For each post, who else could take it.",
        "floor": "How well the worst-served village is served.",
        "certificate": "What `matcher check --bound` needs to show the bound again, where the method writes it.",
        "kind": "The kind of plan that was asked for; `partial` of what can be posted where no plan is possible.",
        "first": "What this kind of plan puts before the score. Bound and gap speak of the plans that have as much of it.",
        "distance": "How far it is from each better rank. Bound and gap of rank 2 and more speak of the plans that are so far.",
        "min_distance": "The share of its posts by which it was asked to differ from each better rank.",
        "substance": "Whether half of the teams that differ have another first secretary, lead unit or coverage. `met`. "
        "`none`: in no plan at this distance do they (proven). `none_within`: in none down to `no_substance_within` points "
        "below this one (proven). `open`: none was found.",
        "no_substance_within": "With `none_within`: the points.",
        "substance_bound": "With `met`, where another plan at the distance scored more: no plan that has this substance, too, "
        "scores more (proven).",
        "tradeoff": "What it gives up and gains against rank 1.",
        "explanation": "Why each team and each post is as it is.",
    },
    "Distance": {
        "rank": "The better plan.",
        "posts": "Posts (cadre, place, role) that the better plan lacks.",
        "villages": "Villages that have such a post.",
        "exchanged": "Those of `posts` that count: where the better plan has nobody interchangeable with the cadre.",
        "teams": "Teams that differ so.",
        "substantial": "Those of `teams` with another first secretary, lead unit or coverage of needs.",
    },
    "First": {
        "terms": "Ids of the score terms that come first.",
        "least": "Their weighted points: as many as were found, and no plan of the kind has fewer.",
        "bound": "No plan has more of them (proven). Absent where nothing was proven.",
    },
    "Tradeoff": {
        "score": "The change of the score.",
        "terms": "The terms that change.",
        "worst_index": "The change of the lowest index.",
        "sentences": "The same in one line: `zh` and `en`.",
    },
    "TermChange": {
        "id": "Id of the score term, or `penalties`.",
        "change": "By how many weighted points.",
        "share": "The change as a share of rank 1's points. Absent where it has none.",
    },
    "Explanation": {
        "summary": "The plan in a few sentences: `zh` and `en`.",
        "teams": "The teams.",
        "posts": "The posts, as in the plan.",
    },
    "TeamReason": {
        "village": "Id of the village.",
        "needs": "Its needs, the most urgent first.",
        "bands": "Age bands that the team has: `young` (35 or less), `middle` (36 to 45), `old` (46 or more).",
        "units": "Ids of the units that its members come from, the lead unit first.",
        "stays": "Ids of the incumbents who stay.",
        "sentence": "The same in words: `zh` and `en`.",
    },
    "Need": {
        "specialty": "The specialty.",
        "need": "How urgent it is, 1 to 5.",
        "by": "Ids of the members who have it at level 3 or more; empty where nobody does.",
    },
    "PostReason": {
        "": "Why somebody holds a post. " + _CAPTAIN,
        "cadre": "Id of the cadre.",
        "role": "The role.",
        "village": "Id of the village.",
        "county": "County of a captain's township.",
        "township": "Township of a captain.",
        "brings": "What the score would lose, by term, if the post were empty.",
        "matched": "The specialty that fits best, the cadre's level in it, and the village's need.",
        "alone": "Needs that nobody else of the team covers.",
        "sentence": "The same in words: `zh` and `en`.",
    },
    "Brings": {
        "id": "Id of the score term.",
        "weighted": "Weighted points.",
    },
    "Post": {
        "": "One post held. " + _CAPTAIN,
        "cadre": "Id of the cadre.",
        "role": "`first_secretary`, `resident`, `support` or `captain`.",
        "village": "Id of the village.",
        "county": "County of a captain's township.",
        "township": "Township of a captain.",
    },
    "Bundle": {
        "": "A unit that answers for a village with people, funds, projects and a leader. Funds, projects and leader are "
        "the unit's own, repeated here for reading.",
        "unit": "Id of the unit.",
        "village": "Id of the village.",
        "kind": "`lead`: the first secretary's unit. `co`: another unit with a post there.",
        "people": "How many members of the unit are in the team.",
        "funds": "In 10,000 yuan (万元).",
        "projects": "Number of projects.",
        "leader": "Who answers for it in the unit.",
    },
    "TermPoints": {
        "id": "Id of the score term.",
        "points": "Points before the weight.",
        "weight": "The weight in effect.",
        "weighted": "`weight` × `points`.",
    },
    "VillagePoints": {
        "village": "Id of the village.",
        "points": "Its weighted points: everything but what belongs to the plan as a whole (`min_change`, captains' "
        "competence, penalties).",
        "attainable": "The most points that a team of this village could have if the village were alone in the round.",
        "index": "`points` ÷ `attainable` to 4 decimals; 1 where nothing is attainable.",
        "terms": "Its points by term.",
    },
    "Violation": {
        "rule": "Id of the rule.",
        "subjects": "Whom or what it is about, by kind: `village`, `unit`, `cadre`, `type` …",
        "amount": "How far the plan is from meeting it, in the rule's own unit.",
        "penalty": "What it costs: the rule's weight × `amount`.",
    },
    "Reserve": {
        "": "The best substitutes for one post: people without a post who could take it, everybody else staying where "
        "they are and every hard rule kept. At most three, best first, ties by id. " + _CAPTAIN,
        "cadre": "Who holds the post now.",
        "role": "The role.",
        "village": "Id of the village.",
        "county": "County of a captain's township.",
        "township": "Township of a captain.",
        "substitutes": "The substitutes.",
    },
    "Substitute": {
        "cadre": "Id of the substitute.",
        "change": "What the exchange would do to the score.",
    },
    "Floor": {
        "index": "The worst index of the plan, to 4 decimals.",
        "villages": "The villages that have it.",
        "proven": "With `equity: floor_first`: that no plan has a worst index of `index` + 0.01 or more.",
    },
    "Certificate": {
        "": "At these prices no team is worth more than the bound of its block; [so no plan scores more than "
        "`bound`](#the-bound): the sum of the blocks' bounds and of price × limit, ÷ `scale`, rounded down, "
        "plus `constant`.",
        "schema": "Always `certificate/1`.",
        "round_digest": "Digest of the round that it is about, rules included.",
        "scale": "Prices and bounds of blocks are in points × this, so that they are whole numbers.",
        "constant": "Points that every plan has.",
        "floor": "With `equity: floor_first`: the least index of the plans that the bound is about, as an exact fraction "
        "such as `37/50`. A village where nothing is attainable may have any team.",
        "prices": "The prices other than 0.",
        "blocks": "A bound for every village, and with captains for every township.",
        "bound": "No plan scores more than this. The plan's own `bound` may be lower, never higher.",
    },
    "Price": {
        "": "What a unit of something costs that all villages share. Above 0 it is charged for what is used of a limit, and "
        "adds price × the most; below 0 it rewards what is done for one, and adds price × the least.",
        "rule": "Id of the plan rule.",
        "key": "What of the rule: a cadre for `one_post`, a unit for `unit_quota`; a list where it is named by several.",
        "price": "In points × `scale`. On a soft rule at most its weight for a unit of amount.",
    },
    "BlockBound": {
        "": "What no team of one village, or no captain of one township, is worth more than at the prices: points × `scale`, "
        "less penalties that it incurs by itself, less price × use.",
        "village": "Id of the village.",
        "county": "County of a captain's township.",
        "township": "Township of a captain.",
        "bound": "In points × `scale`.",
    },
    "Result": {
        "schema": "Always `result/1`.",
        "status": "`optimal`: a plan, and no plan scores higher (proven). `feasible`: a plan, the rest is open. "
        "`infeasible`: no plan meets all hard rules (proven). `unknown`: no plan within the effort or time given. "
        "`cancelled`: stopped before a plan was found.",
        "plans": "The plans, best first: `plan/1` each.",
        "bound": "The proven upper bound on the score of any plan.",
        "screening": "Every refusal of the screening.",
        "warnings": "What is odd about the round; none of it stops a solve. Each has `code`, `table`, `index`, `field`, "
        "`value`, `details`, and `message` and `remedy` in Chinese (`zh`) and English (`en`).",
        "infeasibility": "Why there is no plan, where there is none.",
        "ranking_ended": "Why there are fewer plans than asked for, where there are.",
        "trace": "How score and bound went while solving.",
        "provenance": "What is needed to repeat the run, and what it took; see [below](#provenance).",
    },
    "ScreeningEntry": {
        "": "One refusal. Without `role` every role is meant, without `village` and `township` every place that the "
        "rule speaks of.",
        "cadre": "Id of the cadre.",
        "role": "The role refused.",
        "village": "The village refused.",
        "township": "The captain's township refused, as county/township.",
        "rule": "Id of the screening rule.",
        "reason": "The reason in words: `zh` and `en`.",
    },
    "TracePoint": {
        "seconds": "Since the start of the solve.",
        "score": "The best checked score so far.",
        "bound": "The bound proven so far.",
        "note": "Of a run that was continued. `resumed`: a saved plan stood the recount and was gone on from. `plan_dropped`: "
        "the plan under way did not. `rank_dropped`: that of a finished solve did not; it is done again.",
    },
    "Infeasibility": {
        "conflict": "The rules that can't all be met.",
        "repairs": "Changes of the round under which a plan is possible, the cheapest first; of each a plan was found, and that "
        "plan recounted. Each has `cost`, `cheapest` (no way to bend the rules is cheaper: proven), `works`, `score` "
        "(of that plan), and `steps`: `rule`, `subjects`, `amount`, `price` of a unit, `edit` (the change as data), `sentence`.",
        "partial": "What can be posted meanwhile, with the seats it leaves empty. Its violations list every breach of a hard rule, as the "
        "checker counts them. Nothing is proven of it, and it is never to be published.",
    },
    "RankingEnd": {
        "rank": "The first rank without a plan.",
        "reason": "`none`: no plan is so far from all before it (proven). `open`: none was found. `stopped`.",
        "sentences": "The same in words: `zh` and `en`.",
    },
    "Conflict": {
        "rules": "Ids of the rules in conflict. `one_post` and `team_structure` stand last: they are what the others "
        "collide with more often than what is wrong.",
        "minimal": "Proven: without any one of these rules the others can be met.",
        "villages": "Ids of the villages whose own rows have a part in it.",
        "about": "Units, cadres and the like that the rows over several villages are about.",
        "local": "Proven: every one of `villages` and `about` is needed for the conflict.",
        "short": "By how much each rule that could be soft would have to give, alone: `rule`, `subjects`, `amount`, and "
        "`least` (whether it is proven that less would not do). Decisions in conflict are listed with their row.",
        "sentences": "The same in words: `zh` and `en`.",
    },
    "Settings": {
        "plans": "How many plans are asked for: the best, then the best that differ from all before them.",
        "min_distance": "The share of its posts by which each plan differs from every better one.",
        "rank_gap": "The gap at which a plan after the first is good enough; `gap`, where that is wider.",
        "kind": "What comes first: nothing but the score, the worst village (`fairest`), the `fewest_changes` against the plan in "
        "force or the incumbents, or the `strongest_bundles`.",
        "equity": "`floor_first`: first the worst village's index as high as it goes, then the score.",
        "method": "`auto` chooses the method.",
        "effort": "`quick`, `normal`, `thorough`, or a number of units of deterministic work.",
        "gap": "Stop when a gap of at most this is proven.",
        "relax": "Which rules may give way in a repair, how far, and at what price, by the rule's id; the default prices stand "
        "[below](#prices-of-repairs).",
        "seed": "Seed of the searches. Another seed may find another plan of the same worth.",
        "workers": "Processor cores to use at most. The posts don't depend on it. All that there are where not given.",
        "time_limit": "Seconds after which to stop. A run with a time limit is marked as not reproducible.",
    },
    "Relax": {
        "": "How far a rule may give way in a repair.",
        "allowed": "Whether it may at all.",
        "most": "By how many units of its amount in all.",
        "price": "What a unit costs.",
    },
}

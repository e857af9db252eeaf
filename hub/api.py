"""All routes of `/api/v1/`, gathered from the areas."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from challenges.contests.api import (
    AppealClaim,
    ApproveBaseline,
    Challenges,
    ClaimFiles,
    EntryBaseline,
    HandClaimIn,
    SendBaselineBack,
    WithdrawClaim,
)
from challenges.contests.ledger_api import Ledger
from challenges.contests.people_api import EntryPeople, OnePartaking
from challenges.pilots.api import OneCriterion, OneRolloutItem, PilotCriteria, Pilots
from challenges.processes.api import Processes
from challenges.processes.comparison_api import Comparisons, OneComparison
from challenges.processes.list_api import OneOwnLane, OwnLanes, ProcessLanes, ProcessSteps
from challenges.sealed.api import Count, DecideHours, Hours, Jobs, Reveal, Review, Seal, Verify
from challenges.sealed.deputies_api import ControllersDeputy, RefereesDeputy
from challenges.sealed.duties_api import (
    AgreeToSealBreak,
    Conflicts,
    MakeFinal,
    PublishedClaims,
    RefuseSealBreak,
    SealBreaks,
    SecondLooks,
    SettleClaim,
)
from challenges.sealed.show_api import DriveReveal, OneRehearsal, Rehearsals, Reveals
from challenges.usecases.api import UseCaseComments, UseCases
from hub.adoption.annotating.api import OneWeekNote, WeekNotes
from hub.adoption.api import AskReports, ReportFigures, Reports
from hub.adoption.imports.api import (
    ConfirmUsageImport,
    OneStatementKey,
    StatementKeys,
    UsageImports,
    WithdrawUsageImport,
)
from hub.adoption.imports.xapi_api import Statements
from hub.adoption.pulse_api import DeclinePulse, Pulse
from hub.adoption.rules_api import AdoptionRules, AdoptionRulesAnswer, AdoptionRulesProposals
from hub.adoption.saved.api import OneSavedView, SavedViews
from hub.ai.api import AISystems, ToolRequests
from hub.core_time.api import (
    CallOffMeasurement,
    CoreTime,
    CoreTimeQuestion,
    SkipCoreTimeQuestion,
    TeamCoreTime,
)
from hub.drops.api import (
    Advent,
    DropDoors,
    DropPlan,
    Drops,
    EndDrop,
    OneDrop,
    OneDropDoor,
    OpenDoor,
    OpenDropDoor,
    PublishDrop,
    TakeOverDrop,
)
from hub.notices.api import (
    Destinations,
    Inbox,
    OneDestination,
    Preferences,
    ReadNotices,
    TestDestination,
)
from hub.nudges.api import (
    AskedIfKept,
    FavouriteTip,
    NextNudge,
    OneTip,
    RespondToNudge,
    SayKept,
    SeeNudge,
    ShowTipAgain,
    Tips,
)
from hub.points.api import Badges, Points, TeamBoard
from hub.stories.api import SolvedHatpins, Stories
from hub.today.api import Me
from hub.today.path_api import NewcomersLab, NewcomersPath
from hub.today.search_api import Search
from hub.trials.api import OneTrial, Trials
from learning.hours.api import StudySessions
from learning.hours.series_api import SeriesSet
from learning.notebooks.aid_api import OneItem, StudyAids
from learning.notebooks.api import Notebooks, Sources
from learning.notebooks.learning_api import (
    AnswerItem,
    Cards,
    DueCards,
    LearnCards,
    Notes,
    Quizzes,
    ReviewCard,
    UndoReview,
)
from learning.notebooks.role_play_api import RolePlays

router = SimpleRouter(use_regex_path=False)
router.register("sessions", StudySessions, basename="session")
router.register("series", SeriesSet, basename="series")
router.register("notebooks", Notebooks, basename="notebook")
router.register("stories", Stories, basename="story")
router.register("solved-hatpins", SolvedHatpins, basename="solved-hatpin")
router.register("trust/ai-register", AISystems, basename="ai-system")
router.register("use-cases", UseCases, basename="use-case")
router.register("use-case-comments", UseCaseComments, basename="use-case-comment")
router.register("tool-requests", ToolRequests, basename="tool-request")
router.register("processes", Processes, basename="process")
router.register("challenges", Challenges, basename="challenge")
router.register("pilots", Pilots, basename="pilot")
router.register("notebooks/<uuid:notebook_pk>/sources", Sources, basename="source")
router.register("notebooks/<uuid:notebook_pk>/study-aids", StudyAids, basename="study-aid")
router.register("notebooks/<uuid:notebook_pk>/quizzes", Quizzes, basename="quiz")
router.register("notebooks/<uuid:notebook_pk>/notes", Notes, basename="note")
router.register("notebooks/<uuid:notebook_pk>/role-plays", RolePlays, basename="role-play")

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("me/", Me.as_view(), name="me"),
    path("me/path/", NewcomersPath.as_view(), name="path"),
    path("me/path/labs/<int:week>/", NewcomersLab.as_view(), name="path-lab"),
    path("search/", Search.as_view(), name="search"),
    path("points/", Points.as_view(), name="points"),
    path("badges/", Badges.as_view(), name="badges"),
    path("leaderboards/teams/", TeamBoard.as_view(), name="leaderboard-teams"),
    path("adoption/ask/", AskReports.as_view(), name="adoption-ask"),
    path("adoption/views/", SavedViews.as_view(), name="saved-views"),
    path("adoption/views/<uuid:view_id>/", OneSavedView.as_view(), name="saved-view"),
    path("adoption/notes/", WeekNotes.as_view(), name="week-notes"),
    path("adoption/notes/<uuid:week_note_id>/", OneWeekNote.as_view(), name="week-note"),
    path("adoption/rules/", AdoptionRules.as_view(), name="adoption-rules"),
    path(
        "adoption/rules/<int:entity_id>/proposals/",
        AdoptionRulesProposals.as_view(),
        name="adoption-rules-proposals",
    ),
    path(
        "adoption/rules/proposals/<int:proposal_id>/answer/",
        AdoptionRulesAnswer.as_view(),
        name="adoption-rules-answer",
    ),
    path("adoption/reports/", Reports.as_view(), name="adoption-reports"),
    path("adoption/reports/<str:name>/", ReportFigures.as_view(), name="adoption-report"),
    path("adoption/imports/", UsageImports.as_view(), name="usage-imports"),
    path(
        "adoption/imports/<uuid:import_id>/confirm/",
        ConfirmUsageImport.as_view(),
        name="usage-import-confirm",
    ),
    path(
        "adoption/imports/<uuid:import_id>/withdraw/",
        WithdrawUsageImport.as_view(),
        name="usage-import-withdraw",
    ),
    path("adoption/statement-keys/", StatementKeys.as_view(), name="statement-keys"),
    path("adoption/statement-keys/<uuid:key_id>/", OneStatementKey.as_view(), name="statement-key"),
    path("pulse/", Pulse.as_view(), name="pulse"),
    path("pulse/decline/", DeclinePulse.as_view(), name="pulse-decline"),
    path("core-time/", CoreTime.as_view(), name="core-time"),
    path("core-time/question/", CoreTimeQuestion.as_view(), name="core-time-question"),
    path("core-time/question/skip/", SkipCoreTimeQuestion.as_view(), name="core-time-question-skip"),
    path("core-time/teams/<int:team_id>/", TeamCoreTime.as_view(), name="core-time-team"),
    path(
        "core-time/<uuid:measurement_id>/call-off/", CallOffMeasurement.as_view(), name="core-time-call-off"
    ),
    path("xapi/statements", Statements.as_view(), name="xapi-statements"),
    path("inbox/", Inbox.as_view(), name="inbox"),
    path("inbox/read/", ReadNotices.as_view(), name="inbox-read"),
    path("preferences/", Preferences.as_view(), name="preferences"),
    path("destinations/", Destinations.as_view(), name="destinations"),
    path("destinations/<uuid:destination_id>/", OneDestination.as_view(), name="destination"),
    path("destinations/<uuid:destination_id>/test/", TestDestination.as_view(), name="destination-test"),
    path("tips/", Tips.as_view(), name="tips"),
    path("tips/<uuid:tip_id>/", OneTip.as_view(), name="tip"),
    path("tips/<uuid:tip_id>/favourite/", FavouriteTip.as_view(), name="tip-favourite"),
    path("tips/<uuid:tip_id>/again/", ShowTipAgain.as_view(), name="tip-again"),
    path("nudges/next/", NextNudge.as_view(), name="nudge-next"),
    path("nudges/<uuid:nudge_id>/seen/", SeeNudge.as_view(), name="nudge-seen"),
    path("nudges/kept/", AskedIfKept.as_view(), name="nudge-asked-if-kept"),
    path("nudges/<uuid:nudge_id>/kept/", SayKept.as_view(), name="nudge-kept"),
    path("nudges/<uuid:nudge_id>/respond/", RespondToNudge.as_view(), name="nudge-respond"),
    path("trials/", Trials.as_view(), name="trials"),
    path("trials/<uuid:trial_id>/", OneTrial.as_view(), name="trial"),
    path("drops/", Drops.as_view(), name="drops"),
    path("drops/<uuid:drop_id>/", OneDrop.as_view(), name="drop"),
    path("drops/<uuid:drop_id>/doors/<int:number>/open/", OpenDropDoor.as_view(), name="drop-open"),
    path("drops/<uuid:drop_id>/plan/", DropPlan.as_view(), name="drop-plan"),
    path("drops/<uuid:drop_id>/doors/", DropDoors.as_view(), name="drop-doors"),
    path("drops/<uuid:drop_id>/doors/<int:number>/", OneDropDoor.as_view(), name="drop-door"),
    path("drops/<uuid:drop_id>/publish/", PublishDrop.as_view(), name="drop-publish"),
    path("drops/<uuid:drop_id>/end/", EndDrop.as_view(), name="drop-end"),
    path("drops/<uuid:drop_id>/take-over/", TakeOverDrop.as_view(), name="drop-take-over"),
    path("advent/", Advent.as_view(), name="advent"),
    path("advent/<int:day>/open/", OpenDoor.as_view(), name="advent-open"),
    path("process-comparisons/", Comparisons.as_view(), name="comparisons"),
    path("process-comparisons/<uuid:comparison_id>/", OneComparison.as_view(), name="comparison"),
    path("processes/<uuid:pk>/steps/", ProcessSteps.as_view(), name="process-steps"),
    path("own-lanes/", OwnLanes.as_view(), name="own-lanes"),
    path("own-lanes/<int:lane_id>/", OneOwnLane.as_view(), name="own-lane"),
    path("processes/<uuid:pk>/lanes/", ProcessLanes.as_view(), name="process-lanes"),
    path("challenges/<uuid:pk>/ledger/", Ledger.as_view(), name="challenge-ledger"),
    path("challenges/<uuid:pk>/review/", Review.as_view(), name="challenge-review"),
    path("challenges/<uuid:pk>/commitment/", Seal.as_view(), name="challenge-commitment"),
    path("challenges/<uuid:pk>/count/", Count.as_view(), name="challenge-count"),
    path("challenges/<uuid:pk>/reveal/", Reveal.as_view(), name="challenge-reveal"),
    path("notebooks/<uuid:notebook_pk>/cards/", Cards.as_view(), name="notebook-cards"),
    path(
        "notebooks/<uuid:notebook_pk>/study-aids/<uuid:aid_pk>/items/<uuid:pk>/",
        OneItem.as_view(),
        name="study-aid-item",
    ),
    path(
        "notebooks/<uuid:notebook_pk>/study-aids/<uuid:aid_pk>/learn/",
        LearnCards.as_view(),
        name="study-aid-learn",
    ),
    path("attempts/<uuid:pk>/answers/", AnswerItem.as_view(), name="attempt-answer"),
    path("cards/due/", DueCards.as_view(), name="cards-due"),
    path("cards/undo/", UndoReview.as_view(), name="cards-undo"),
    path("cards/<uuid:pk>/review/", ReviewCard.as_view(), name="card-review"),
    path("claims/<uuid:pk>/withdraw/", WithdrawClaim.as_view(), name="claim-withdraw"),
    path("claims/<uuid:pk>/hand-in/", HandClaimIn.as_view(), name="claim-hand-in"),
    path("claims/<uuid:pk>/appeal/", AppealClaim.as_view(), name="claim-appeal"),
    path("claims/<uuid:pk>/files/", ClaimFiles.as_view(), name="claim-files"),
    path("claims/<uuid:pk>/hours/", DecideHours.as_view(), name="claim-hours"),
    path("claims/hours/deputy/", ControllersDeputy.as_view(), name="claims-hours-deputy"),
    path("challenges/<uuid:pk>/deputy/", RefereesDeputy.as_view(), name="challenge-deputy"),
    path("claims/hours/", Hours.as_view(), name="claims-hours"),
    path("claims/jobs/", Jobs.as_view(), name="claims-jobs"),
    path("entries/<uuid:pk>/baseline/", EntryBaseline.as_view(), name="entry-baseline"),
    path("entries/<uuid:pk>/baseline/approve/", ApproveBaseline.as_view(), name="entry-approve"),
    path("entries/<uuid:pk>/baseline/send-back/", SendBaselineBack.as_view(), name="entry-send-back"),
    path("challenges/<uuid:pk>/people/", EntryPeople.as_view(), name="challenge-people"),
    path("partakings/<uuid:partaking_id>/", OnePartaking.as_view(), name="partaking-detail"),
    path("claims/<uuid:pk>/second-look/", SecondLooks.as_view(), name="claim-second-look"),
    path("entries/<uuid:pk>/conflict/", Conflicts.as_view(), name="entry-conflict"),
    path(
        "challenges/<uuid:pk>/seal-break/refuse/",
        RefuseSealBreak.as_view(),
        name="challenge-seal-break-refuse",
    ),
    path("challenges/<uuid:pk>/seal-break/", SealBreaks.as_view(), name="challenge-seal-break"),
    path(
        "challenges/<uuid:pk>/seal-break/agree/",
        AgreeToSealBreak.as_view(),
        name="challenge-seal-break-agree",
    ),
    path(
        "challenges/<uuid:pk>/published-claims/", PublishedClaims.as_view(), name="challenge-published-claims"
    ),
    path(
        "published-claims/<uuid:published_id>/settle/", SettleClaim.as_view(), name="published-claim-settle"
    ),
    path("challenges/<uuid:pk>/final/", MakeFinal.as_view(), name="challenge-final"),
    path("challenges/<uuid:pk>/show/", Reveals.as_view(), name="challenge-show"),
    path("challenges/<uuid:pk>/show/drive/", DriveReveal.as_view(), name="challenge-show-drive"),
    path("challenges/<uuid:pk>/rehearsals/", Rehearsals.as_view(), name="challenge-rehearsals"),
    path("rehearsals/<uuid:show_id>/", OneRehearsal.as_view(), name="rehearsal-detail"),
    path("pilots/<uuid:pk>/criteria/", PilotCriteria.as_view(), name="pilot-criteria"),
    path("pilot-criteria/<uuid:criterion_id>/", OneCriterion.as_view(), name="pilot-criterion"),
    path("rollout-items/<uuid:rollout_id>/", OneRolloutItem.as_view(), name="rollout-item"),
    path("claims/<uuid:pk>/verify/", Verify.as_view(), name="claim-verify"),
    path("", include("learning.hours.api_urls")),
    path("", include(router.urls)),
]

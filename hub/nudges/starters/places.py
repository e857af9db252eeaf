"""Pages of widely used tools on the web, by what one does there. A page that nobody in the company opens does no harm:
nothing is fetched, and the browser alone compares.

Addresses are those under which the makers offer the tool to companies. What a company runs under a name of its own (an
intranet, a CRM in its own data centre) its authors add.
"""

CHAT = (
    "https://m365.cloud.microsoft/chat*",
    "https://copilot.cloud.microsoft/*",
    "https://gemini.google.com/*",
    "https://chatgpt.com/*",
    "https://claude.ai/*",
    "https://chat.mistral.ai/*",
)
MAIL = (
    "https://outlook.cloud.microsoft/mail/*",
    "https://outlook.office.com/mail/*",
    "https://outlook.office365.com/mail/*",
    "https://mail.google.com/*",
)
CALENDAR = (
    "https://outlook.cloud.microsoft/calendar/*",
    "https://outlook.office.com/calendar/*",
    "https://outlook.office365.com/calendar/*",
    "https://calendar.google.com/calendar/*",
)
MEETINGS = (
    "https://teams.cloud.microsoft/*",
    "https://teams.microsoft.com/*",
    "https://meet.google.com/*",
    "https://app.zoom.us/wc/*",
)
# SharePoint names the kind of a file in its address.
DOCUMENTS = (
    "https://*.sharepoint.com/:w:/*",
    "https://word.cloud.microsoft/*",
    "https://docs.google.com/document/*",
    "https://*.atlassian.net/wiki/*",
)
LONG_READING = ("https://*.sharepoint.com/:b:/*", *DOCUMENTS[:3])
SLIDES = (
    "https://*.sharepoint.com/:p:/*",
    "https://powerpoint.cloud.microsoft/*",
    "https://docs.google.com/presentation/*",
)
TABLES = (
    "https://*.sharepoint.com/:x:/*",
    "https://excel.cloud.microsoft/*",
    "https://docs.google.com/spreadsheets/*",
)
TASKS = (
    "https://*.atlassian.net/jira/*",
    "https://*.atlassian.net/browse/*",
    "https://planner.cloud.microsoft/*",
    "https://dev.azure.com/*",
)
CODE = ("https://github.com/*/pull/*", "https://github.com/*/issues/*", "https://gitlab.com/*/-/*")
REPORTS = ("https://app.powerbi.com/*", "https://*.lightning.force.com/lightning/r/Report/*")
CRM = (
    "https://*.lightning.force.com/lightning/r/*",
    "https://*.dynamics.com/main.aspx*",
    "https://app.hubspot.com/contacts/*",
    "https://app-eu1.hubspot.com/contacts/*",
)
DEALS = (
    "https://*.lightning.force.com/lightning/r/Opportunity/*",
    "https://*.lightning.force.com/lightning/o/Opportunity/*",
    *CRM[1:],
)
LEADS = (
    "https://*.lightning.force.com/lightning/r/Lead/*",
    "https://*.lightning.force.com/lightning/o/Lead/*",
    *CRM[1:],
)
OFFERS = (
    "https://*.lightning.force.com/lightning/r/Quote/*",
    "https://*.lightning.force.com/lightning/r/Opportunity/*",
)
CUSTOMERS = (
    "https://*.lightning.force.com/lightning/r/Account/*",
    "https://*.lightning.force.com/lightning/r/Contact/*",
    "https://www.linkedin.com/company/*",
    *CRM[1:],
)
TICKETS = (
    "https://*.service-now.com/*",
    "https://*.zendesk.com/agent/*",
    "https://*.atlassian.net/servicedesk/*",
    "https://*.lightning.force.com/lightning/r/Case/*",
)
PURCHASING = ("https://*.ariba.com/*", "https://*.s4hana.cloud.sap/ui*", "https://*.s4hana.ondemand.com/ui*")
FINANCE = (
    "https://*.s4hana.cloud.sap/ui*",
    "https://*.s4hana.ondemand.com/ui*",
    "https://businesscentral.dynamics.com/*",
)
TENDERS = ("https://ted.europa.eu/*", "https://www.evergabe-online.de/*")
ANNUAL_REPORTS = ("https://www.unternehmensregister.de/*", "https://www.bundesanzeiger.de/*")
TRANSLATING = ("https://www.deepl.com/*translator*", "https://translate.google.com/*")
HIRING = ("https://www.linkedin.com/talent/*", "https://*.successfactors.eu/*", "https://*.myworkday.com/*")

# Pages of the hub itself that a tip leads to: every hub has them.
NOTEBOOKS = "/notebooks/"
MAY_I = "/may-i/"

"""The gender of common German nouns at work: a compound has that of its last part.

The plural of these nouns is found by its ending. Nouns that are not here have no gender, and nothing that
would need one is made of them.
"""

MASCULINE = """
Absatz Abschluss Abschnitt Absender Anbieter Anfang Anhang Anlass Ansatz Anspruch Antrag Arbeiter
Arbeitgeber Arbeitnehmer Arzt Aufbau Auftrag Auftraggeber Aufwand Ausdruck Ausfall Ausgang Ausschuss Ausweis
Autor Balken Baustein Bedarf Befehl Begriff Beitrag Beleg Benutzer Bereich Bericht Berater Besitz Besuch
Betrag Betreff Betrieb Beweis Bezug Block Brief Computer Chef Dienst Direktor Druck Effekt Eindruck Einfluss
Eingang Einkauf Einsatz Eintrag Einwand Empfänger Entwurf Erfolg Ersatz Ertrag Export Faktor Fall Fehler
Fluss Fonds Fortschritt Garten Gast Gedanke Gegenstand Gehalt Geist Gewinn Grad Grund Gründer Grundsatz
Gutschein Handel Händler Haushalt Hersteller Hinweis Import Index Ingenieur Inhalt Inhaber Job Kalender
Kanal Kanzler Kasten Kern Klang Klick Kollege Konflikt Kontakt Kontrolleur Kopf Körper Kredit Kreis Krieg
Kunde Kurs Lauf Launcher Lehrer Leiter Leser Lieferant Link Lohn Manager Mangel Markt Maßstab Mechanismus
Mensch Mitarbeiter Moment Monat Motor Mut Nachteil Nachweis Name Nutzen Nutzer Ordner Ort Partner Patient
Plan Planer Platz Posten Preis Prompt Prozess Punkt Rahmen Rat Raum Rechner Referent Rest Richter Ring
Roboter Ruf Saal Satz Schaden Schein Schluss Schlüssel Schritt Schutz Server Sinn Sohn Speicher Spiegel
Sprecher Staat Stand Standort Start Status Stift Stil Stoff Strich Strom Stuhl Tag Tarif Tausch Techniker
Teil Teilnehmer Termin Test Text Titel Ton Träger Typ Umfang Umgang Umsatz Umschlag Unfall Unterschied
Urlaub Ursprung Verein Verkauf Verkäufer Verlag Verlauf Verlust Vermerk Versand Versuch Vertrag Vertreter
Verzicht Verwalter Vorgang Vorgesetzter Vorrat Vorschlag Vorstand Vorteil Vortrag Wechsel Weg Wert
Wettbewerb Wunsch Zeitraum Zettel Zoll Zufall Zugang Zugriff Zusammenhang Zustand Zuschlag Zuschuss Zweck
Zweifel Abstand Winkel Vektor Beruf Krankenschein
"""
FEMININE = """
Adresse Agentur Akte Aktie Analyse Angabe Anfrage Anlage Ansicht Antwort Anweisung App Arbeit Art Aufgabe
Aufnahme Aufsicht Ausgabe Ausnahme Aussage Auskunft Auswahl Bank Basis Behörde Bereitschaft Beschwerde
Betriebsvereinbarung Bilanz Bitte Breite Brücke Cloud Datei Dauer Decke Diagnose Ebene Ecke Ehe Eingabe
Einnahme Energie Ente Epoche Ethik Fabrik Fahrt Familie Farbe Fassung Figur Firma Fläche Folge Form Formel
Frage Frau Freigabe Freiheit Frist Führungskraft Funktion Gabe Gefahr Gemeinde Gerade Geschichte Gestalt
Gesundheit Gewalt Gliederung Grafik Grenze Größe Grundlage Gruppe Haft Haltung Hand Hilfe Höhe Hypothek Idee
Industrie Karte Kasse Katastrophe Kategorie Klasse Klausel Klinik Kraft Kopie Kritik Kultur Kunst Lage Länge
Last Laufzeit Lehre Leistung Linie Liste Literatur Lizenz Logik Luft Macht Maschine Maßnahme Masse Mappe
Menge Messe Methode Miete Minute Mitte Mühe Musik Nachfrage Nachricht Natur Norm Not Note Nummer Ordnung
Pause Pauschale Person Pflicht Phase Police Politik Post Praxis Presse Probe Quelle Rate Rede Regel Reihe
Reise Reserve Reue Richtlinie Rolle Ruhe Runde Sache Sammlung Schicht Schnittstelle Schrift Schule Schwäche
Seite Sekunde Sicht Silbe Software Sorge Spalte Spanne Sperre Spitze Sprache Stadt Stärke Statistik Stelle
Steuer Stimme Strafe Straße Strecke Strategie Struktur Stufe Stunde Suche Summe Tabelle Tasche Tat Taste
Tatsache Technik Theorie Treue Tür Übersicht Übergabe Umfrage Umwelt Unterlage Unterschrift Ursache Urkunde
Variante Version Verantwortung Vollmacht Vorgabe Vorlage Vorschrift Wahl Ware Website Weise Welt Werbung
Woche Zahl Zeile Zeit Zelle Ziffer Zukunft Zunahme Zusage Topologie Geometrie Abbildung Kurve Kugel Metrik
"""
NEUTER = """
Abkommen Abonnement Amt Angebot Anschreiben Archiv Argument Attest Auto Bad Band Bedürfnis Beispiel Bild
Blatt Boot Brett Buch Budget Büro Dach Datum Defizit Detail Diagramm Ding Dokument Drittel Ehrenamt Eigentum
Einkommen Einverständnis Element Ende Ereignis Ergebnis Erlebnis Experiment Fach Fahrrad Fahrzeug Feld
Fenster Feuer Foto Format Formular Gebäude Gebiet Gefühl Gehirn Geheimnis Geld Gerät Gericht Geschäft
Geschlecht Gesetz Gespräch Gewicht Glas Gleis Glied Glück Gremium Gut Gutachten Haar Handbuch Haus Heft
Hotel Inland Instrument Interesse Internet Interview Jahr Jahrhundert Jahrzehnt Kapital Kapitel Kind Kino
Konto Konzept Kriterium Labor Lager Land Leben Leck Licht Limit Logo Mal Material Medikament Medium Meeting
Merkmal Mittel Modell Modul Muster Netz Netzwerk Niveau Notizbuch Objekt Papier Passwort Personal Pferd
Portal Produkt Profil Programm Projekt Protokoll Prinzip Problem Quartal Rad Rätsel Recht Rechenzentrum
Referat Regime Register Resultat Risiko Rundschreiben Schema Schiff Schloss Schreiben Seminar Signal
Sprachmodell Spiel Steuerrecht Stichwort Stück Studium Symbol System Team Telefon Terminal Thema Tier Tool
Training Transportmittel Tuch Umfeld Unternehmen Urteil Verbot Verfahren Verhalten Verhältnis Vermögen
Versehen Verständnis Vertrauen Verzeichnis Video Viertel Volumen Vorhaben Wachstum Wasser Werk Werkzeug
Wesen Wissen Wort Zeichen Zeugnis Ziel Zimmer Zitat Zubehör Dreieck Quadrat Tupel Intervall
"""
HEADS: dict[str, str] = {
    noun.lower(): gender
    for gender, nouns in (("m", MASCULINE), ("f", FEMININE), ("n", NEUTER))
    for noun in nouns.split()
}

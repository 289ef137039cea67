"""What the tables of the method are called: classes of train, vehicles."""

from __future__ import annotations

from collections.abc import Mapping

from travelplan.language import Message, message

TRAINS: Mapping[str, Message] = {
    "tgv": message("TGV"),
    "hsr": message("other high-speed train"),
    "eurostar_continental": message("Eurostar on the continent"),
    "eurostar_channel": message("Eurostar through the Channel Tunnel"),
    "ice": message("ICE"),
    "ic": message("intercity"),
    "ic_be": message("Belgian intercity"),
    "intercites": message("Intercités"),
    "regional": message("regional train"),
    "ter": message("TER"),
    "night": message("night train"),
    "tram_metro": message("tram or metro"),
    "diesel_regional": message("regional diesel train"),
}

VEHICLES: Mapping[str, Message] = {
    "coach": message("coach"),
    "bus": message("local bus"),
    "ferry": message("ferry, on foot"),
    "ferry_car": message("ferry, with a car"),
    "ferry_cabin": message("ferry, with a cabin"),
    "e_bike": message("electric bicycle"),
    "bike": message("bicycle"),
    "walk": message("on foot"),
    "car": message("car, the average one"),
    "car_petrol": message("petrol car"),
    "car_diesel": message("diesel car"),
    "car_hybrid": message("hybrid car"),
    "car_phev": message("plug-in hybrid car"),
    "taxi": message("taxi"),
    "car_electric": message("electric car"),
    "bus_electric": message("electric bus"),
}

NON_CO2: Mapping[str, Message] = {
    "none": message("not counted"),
    "separate": message("apart"),
    "included": message("in the figure"),
}

// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.FoundCamera.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which sightings are one device. */
final class DeviceRegister {
  static final int OF_ONE_SENDER = 32;
  static final int IN_ALL = 512;

  private final AddressRanking ranking;
  private final Neighbours neighbours;

  /** The devices, and as what they were told of. */
  private final Map<KnownDevice, Optional<Device>> devices = new LinkedHashMap<>();

  private final Set<String> leftOut = new LinkedHashSet<>();

  DeviceRegister(AddressRanking ranking, Neighbours neighbours) {
    this.ranking = ranking;
    this.neighbours = neighbours;
  }

  /** Takes a sighting in, and returns the devices of which something new is known by it. */
  List<Device> add(Sighting sighting) {
    Testimony testimony = Testimony.of(sighting);
    Optional<KnownDevice> known =
        devices.keySet().stream().filter(one -> one.matches(testimony, neighbours)).findFirst();
    if (known.isPresent()) {
      known.get().add(testimony);
    } else if (hasRoom(sighting.sender())) {
      devices.put(new KnownDevice(devices.size(), testimony, ranking), Optional.empty());
    } else if (leftOut.size() < OF_ONE_SENDER) {
      leftOut.add(sighting.sender());
    }
    return news(seenAt(sighting.sender()));
  }

  private boolean hasRoom(String sender) {
    return devices.size() < IN_ALL && seenAt(sender).size() < OF_ONE_SENDER;
  }

  private List<KnownDevice> seenAt(String address) {
    return devices.keySet().stream().filter(device -> device.hasSender(address)).toList();
  }

  /** Those of which something else is known by what the kernel has learnt meanwhile. */
  List<Device> review() {
    return news(List.copyOf(devices.keySet()));
  }

  /** All of them, as they were last told of. */
  List<Device> devices() {
    return devices.values().stream().flatMap(Optional::stream).toList();
  }

  private List<Device> news(List<KnownDevice> changed) {
    List<Device> news = new ArrayList<>();
    for (KnownDevice known : changed) {
      Optional<Device> now = Optional.of(known.device(clash(known)));
      if (!now.equals(devices.put(known, now))) {
        news.add(now.get());
      }
    }
    return news;
  }

  private String clash(KnownDevice device) {
    for (Route route : device.routes()) {
      List<KnownDevice> rivals = seenAt(route.address());
      for (KnownDevice rival : rivals) {
        for (Route other : rival.routes()) {
          if (other.address().equals(route.address()) && areApart(route, other, rivals)) {
            return clash(device, route, rival, other);
          }
        }
      }
    }
    return "";
  }

  /** Whether different machines answer there. One that is seen on both ways speaks against it. */
  private boolean areApart(Route one, Route other, List<KnownDevice> rivals) {
    return switch (Kinship.of(one, other, neighbours)) {
      case SAME -> false;
      case OTHER -> true;
      case UNKNOWN -> rivals.stream().noneMatch(r -> r.isSeenAt(one) && r.isSeenAt(other));
    };
  }

  private static String clash(KnownDevice one, Route here, KnownDevice other, Route there) {
    return String.format(
        "two devices have the address %s: %s on %s, and %s on %s; this computer reaches one of"
            + " them, and which one is chance; disconnect one, give the other another address, and"
            + " connect it again",
        here.address(),
        one.label(),
        here.networkInterface(),
        other.label(),
        there.networkInterface());
  }

  /** What was too much. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (String sender : leftOut) {
      if (seenAt(sender).size() >= OF_ONE_SENDER) {
        remarks.add(
            String.format(
                "%s claims to be more than %d devices; the others are left out",
                sender, OF_ONE_SENDER));
      }
    }
    if (devices.size() >= IN_ALL) {
      remarks.add("more than " + IN_ALL + " devices answered; the others are left out");
    }
    return remarks;
  }
}

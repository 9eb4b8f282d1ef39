package io.github.aimlvideo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A free request as an object of the generated class of its model.
 *
 * @param request the free one itself if its model has no class
 * @param faults what is wrong with it; where there are any, the request is not to be sent
 */
record TypedRequest(VideoRequest request, List<String> faults) {
  private static final String MODEL = "model";
  private static final Map<String, Class<? extends VideoRequest>> CLASSES = classes();

  private static Map<String, Class<? extends VideoRequest>> classes() {
    Map<String, Class<? extends VideoRequest>> classes = new HashMap<>();
    for (Class<? extends VideoRequest> type : RequestClasses.all()) {
      for (Property property : Property.of(type)) {
        if (!property.name().equals(MODEL)) continue;
        for (String model : property.rule().values()) classes.put(model, type);
      }
    }
    return classes;
  }

  static TypedRequest of(UntypedVideoRequest free) {
    Class<? extends VideoRequest> type = CLASSES.get(free.getModel());
    if (type == null) return new TypedRequest(free, List.of());
    Map<String, Object> values = new LinkedHashMap<>(free.properties());
    values.put(MODEL, free.getModel());
    Conversion conversion = new Conversion(free.getModel());
    VideoRequest request = conversion.object("", values, type);
    List<String> faults = new ArrayList<>(conversion.faults().values());
    faults.addAll(Rules.faults(request, conversion.faults().keySet()));
    return new TypedRequest(request, List.copyOf(faults));
  }
}
